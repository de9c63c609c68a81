package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The child elements of a PSKC element, by name. A name occurs at most once unless it was declared as repeatable.
 *
 * <p>An element of another namespace extends PSKC and is ignored (RFC 6030 §9). An unknown element of PSKC is a problem,
 * because it might be a misspelt restriction.
 */
final class Fields {
    private static final String EXTENSIONS = "Extensions";

    private final XmlElement element;
    private final Map<String, List<XmlElement>> children = new HashMap<>();

    private Fields(XmlElement element) {
        this.element = element;
    }

    /** Collects the children of an element. A name that ends in {@code *} is repeatable. */
    static Fields of(XmlElement element, String... names) throws Problem {
        Fields fields = new Fields(element);
        Set<String> known = new HashSet<>(Arrays.asList(names));
        if (!element.text().isBlank()) {
            throw Problem.at(RecordProblem.UNEXPECTED, element, element.name() + " must contain elements and no text");
        }
        for (XmlElement child : element.children()) {
            if (!Pskc.isOwn(child.namespace()) || child.is(Pskc.NAMESPACE, EXTENSIONS)) {
                continue;
            }
            boolean repeatable = known.contains(child.name() + "*");
            if (!child.namespace().equals(Pskc.NAMESPACE) || !(repeatable || known.contains(child.name()))) {
                throw Problem.at(
                        RecordProblem.UNEXPECTED,
                        child,
                        "The element " + child.name()
                                + " is unknown here and might be a misspelt restriction; correct or remove it");
            }
            List<XmlElement> same = fields.children.computeIfAbsent(child.name(), name -> new ArrayList<>(1));
            same.add(child);
            if (same.size() > 1 && !repeatable) {
                throw Problem.at(
                        RecordProblem.UNEXPECTED, child, child.name() + " must occur once; remove the repetition");
            }
        }
        return fields;
    }

    /** Returns all elements of a name, or an empty list. */
    List<XmlElement> all(String name) {
        return children.getOrDefault(name, List.of());
    }

    /** Returns the first element of a name, or {@code null} if the name is absent. */
    @Nullable
    XmlElement get(String name) {
        List<XmlElement> same = all(name);
        return same.isEmpty() ? null : same.get(0);
    }

    /** Returns the first element of a name. An absent element is a problem. */
    XmlElement need(String name) throws Problem {
        XmlElement child = get(name);
        if (child == null) {
            throw Problem.at(RecordProblem.MISSING, element, element.name() + " must contain the element " + name);
        }
        return child;
    }
}
