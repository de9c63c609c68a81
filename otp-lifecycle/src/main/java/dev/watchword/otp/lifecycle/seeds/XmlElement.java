package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An XML element with its attributes, children and text.
 *
 * @param namespace the namespace; empty if the element has none
 * @param name the local name
 * @param attributes the values of the attributes; an attribute in a namespace has the key <code>{namespace}name</code>
 * @param children the child elements in document order
 * @param text the text of the element without the text of its children
 * @param line the line in which the start tag ends, counted from 1
 * @param column the column in which the start tag ends, counted from 1
 * @param path the local names of the elements from the root to this one, separated by slashes
 */
record XmlElement(
        String namespace,
        String name,
        Map<String, String> attributes,
        List<XmlElement> children,
        String text,
        long line,
        long column,
        String path) {

    /** An element without content, in place of an optional element that is absent. */
    static final XmlElement EMPTY = new XmlElement(Pskc.NAMESPACE, "", Map.of(), List.of(), "", 0, 0, "");

    boolean is(String namespace, String name) {
        return this.namespace.equals(namespace) && this.name.equals(name);
    }

    @Nullable
    String attribute(String name) {
        return attributes.get(name);
    }

    /** Returns the text without white space at its ends. A child element is a problem. */
    String leaf() throws Problem {
        if (!children.isEmpty()) {
            throw Problem.at(RecordProblem.UNEXPECTED, children.get(0), name + " must contain text and no elements");
        }
        return text.strip();
    }

    /** Returns the only child of this name, or {@code null}. A second child of the name is a problem. */
    @Nullable
    XmlElement child(String namespace, String name) throws Problem {
        XmlElement found = null;
        for (XmlElement child : children) {
            if (child.is(namespace, name)) {
                if (found != null) {
                    throw Problem.at(RecordProblem.UNEXPECTED, child, name + " must occur once; remove the repetition");
                }
                found = child;
            }
        }
        return found;
    }

    /** Returns the only child of this name. An absent child is a problem. */
    XmlElement need(String namespace, String name) throws Problem {
        XmlElement child = child(namespace, name);
        if (child == null) {
            throw Problem.at(RecordProblem.MISSING, this, this.name + " must contain the element " + name);
        }
        return child;
    }
}
