package dev.watchword.otp.lifecycle.stock;

import dev.watchword.otp.lifecycle.SeedFileException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML as a stream: the root's start tag, then its children one after the other, each as a whole. There is no document
 * type and no entity beyond XML's own five, and the size of all that is held is bounded.
 */
final class XmlSource {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ELEMENTS = 500;
    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_TEXT = 1 << 16;

    private static final Set<String> ENCODINGS = Set.of("UTF-8", "UTF-16", "US-ASCII");

    private final BoundedStream bytes;
    private final XMLStreamReader xml;
    private final Deque<String> path = new ArrayDeque<>();
    private int elements;
    private int textLength;

    private XmlSource(BoundedStream bytes, XMLStreamReader xml) {
        this.bytes = bytes;
        this.xml = xml;
    }

    static XmlSource of(BoundedStream bytes) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(MAX_ATTRIBUTES));
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("External entities are not read");
        });
        try {
            // Decoded here, since the parser writes what it thinks of malformed bytes to the standard error.
            XmlSource source = new XmlSource(bytes, factory.createXMLStreamReader(StrictText.utf16Or8(bytes)));
            String declared = source.xml.getCharacterEncodingScheme();
            if (declared != null && !ENCODINGS.contains(declared.toUpperCase(Locale.ROOT))) {
                throw source.beyond("another encoding than UTF-8 or UTF-16; convert it");
            }
            return source;
        } catch (XMLStreamException | IOException e) {
            throw notXml(1, 1, "");
        }
    }

    /** The root, without its children. */
    XmlElement root() {
        int event = advance();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = advance();
        }
        path.addLast(xml.getLocalName());
        return element(attributes(), List.of(), "");
    }

    /** Moves to the next child of the root; {@code null} if the root has ended, and the document with it. */
    @Nullable
    XmlElement nextChild() {
        int event = advance();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.END_DOCUMENT) {
                return null;
            }
            if (event == XMLStreamConstants.CHARACTERS && !xml.isWhiteSpace()) {
                throw beyond("text between its elements");
            }
            event = advance();
        }
        elements = 0;
        textLength = 0;
        return tree();
    }

    /** The element whose start tag was read, with all that is in it. */
    private XmlElement tree() {
        path.addLast(xml.getLocalName());
        if (path.size() > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
            throw beyond("elements more than " + MAX_DEPTH + " deep, or more than " + MAX_ELEMENTS + " in one");
        }
        XmlElement start = element(attributes(), List.of(), "");
        List<XmlElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(tree());
            } else if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                count(xml.getTextLength());
                text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            }
        }
        path.removeLast();
        return new XmlElement(
                start.namespace(),
                start.name(),
                start.attributes(),
                List.copyOf(children),
                text.toString(),
                start.line(),
                start.column(),
                start.path());
    }

    private void count(int characters) {
        textLength += characters;
        if (textLength > MAX_TEXT) {
            throw beyond("more than " + MAX_TEXT + " characters of text in one element");
        }
    }

    private XmlElement element(Map<String, String> attributes, List<XmlElement> children, String text) {
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        return new XmlElement(namespace, xml.getLocalName(), attributes, children, text, line(), column(), path());
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String namespace = xml.getAttributeNamespace(i);
            String name = xml.getAttributeLocalName(i);
            boolean bare = namespace == null || namespace.isEmpty();
            count(xml.getAttributeValue(i).length());
            attributes.put(bare ? name : "{" + namespace + "}" + name, xml.getAttributeValue(i));
        }
        return attributes;
    }

    private int advance() {
        bytes.nextPiece();
        int event;
        try {
            event = xml.next();
        } catch (SeedFileException e) {
            throw e;
        } catch (XMLStreamException | RuntimeException e) { // the parser is known to fail on hostile input in both ways
            throw notXml(line(), column(), path());
        }
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw beyond("a document type or an entity, which a seed file has no use for");
        }
        return event;
    }

    private long line() {
        return xml.getLocation().getLineNumber();
    }

    private long column() {
        return xml.getLocation().getColumnNumber();
    }

    private String path() {
        return String.join("/", path);
    }

    private SeedFileException beyond(String what) {
        return new SeedFileException(
                "The seed file has " + what + " (" + new Place(0, null, line(), column(), path()) + ")", null);
    }

    private static SeedFileException notXml(long line, long column, String path) {
        return new SeedFileException(
                "The seed file is not well-formed XML, or has more than " + MAX_ATTRIBUTES + " attributes in one tag ("
                        + new Place(0, null, line, column, path) + ")",
                null);
    }
}
