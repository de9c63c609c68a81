package dev.watchword.otp.lifecycle.stock;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element with all that is in it.
 *
 * @param namespace its namespace; empty if it has none
 * @param name its local name
 * @param attributes its attributes; those of a namespace as <code>{namespace}name</code>
 * @param children its child elements
 * @param text its own text, without that of its children
 * @param line where its start tag ends
 * @param column where its start tag ends
 * @param path the local names of the elements from the root to it
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

    boolean is(String namespace, String name) {
        return this.namespace.equals(namespace) && this.name.equals(name);
    }

    @Nullable
    String attribute(String name) {
        return attributes.get(name);
    }

    /** The text of an element that has no children, without white space at its ends. */
    String leaf() throws Problem {
        if (!children.isEmpty()) {
            throw Problem.at(children.get(0), name + " must have text and no elements");
        }
        return text.strip();
    }

    /** The only child of this name; {@code null} if there is none. */
    @Nullable
    XmlElement child(String namespace, String name) throws Problem {
        XmlElement found = null;
        for (XmlElement child : children) {
            if (child.is(namespace, name)) {
                if (found != null) {
                    throw Problem.at(child, name + " must stand once");
                }
                found = child;
            }
        }
        return found;
    }

    /** The only child of this name. */
    XmlElement need(String namespace, String name) throws Problem {
        XmlElement child = child(namespace, name);
        if (child == null) {
            throw Problem.at(this, this.name + " must have the element " + name);
        }
        return child;
    }
}
