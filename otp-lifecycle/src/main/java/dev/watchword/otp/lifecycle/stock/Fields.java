package dev.watchword.otp.lifecycle.stock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The child elements of an element of PSKC, each once. Elements of other namespaces extend PSKC and are ignored
 * (RFC 6030 §9); one of PSKC that is unknown might be a misspelt restriction, and is a problem.
 */
final class Fields {
    private static final String EXTENSIONS = "Extensions";

    private final XmlElement element;
    private final Map<String, List<XmlElement>> children = new HashMap<>();

    private Fields(XmlElement element) {
        this.element = element;
    }

    /** Sorts the children of an element. A name that ends with {@code *} may be repeated. */
    static Fields of(XmlElement element, String... names) throws Problem {
        Fields fields = new Fields(element);
        Set<String> known = new HashSet<>(Arrays.asList(names));
        if (!element.text().isBlank()) {
            throw Problem.at(element, element.name() + " must have elements and no text");
        }
        for (XmlElement child : element.children()) {
            if (!Pskc.isOwn(child.namespace()) || child.is(Pskc.NAMESPACE, EXTENSIONS)) {
                continue;
            }
            boolean repeatable = known.contains(child.name() + "*");
            if (!child.namespace().equals(Pskc.NAMESPACE) || !(repeatable || known.contains(child.name()))) {
                throw Problem.at(child, "The element " + child.name() + " is unknown here, and must not be ignored");
            }
            List<XmlElement> same = fields.children.computeIfAbsent(child.name(), name -> new ArrayList<>(1));
            same.add(child);
            if (same.size() > 1 && !repeatable) {
                throw Problem.at(child, child.name() + " must stand once");
            }
        }
        return fields;
    }

    /** All elements of a name. */
    List<XmlElement> all(String name) {
        return children.getOrDefault(name, List.of());
    }

    /** The element of a name; {@code null} if there is none. */
    @Nullable
    XmlElement get(String name) {
        List<XmlElement> same = all(name);
        return same.isEmpty() ? null : same.get(0);
    }

    /** The element of a name. */
    XmlElement need(String name) throws Problem {
        XmlElement child = get(name);
        if (child == null) {
            throw Problem.at(element, element.name() + " must have the element " + name);
        }
        return child;
    }
}
