package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.Place;
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
 * A streaming XML parser. It returns the root without its children, and then each child of the root as a whole.
 *
 * <p>The parser rejects a document type declaration and every entity except the five of XML itself. It bounds the size of
 * everything that it holds in memory.
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
            // The bytes are decoded here, because the parser prints a message about malformed bytes to standard error.
            XmlSource source = new XmlSource(bytes, factory.createXMLStreamReader(StrictText.utf16Or8(bytes)));
            String declared = source.xml.getCharacterEncodingScheme();
            if (declared != null && !ENCODINGS.contains(declared.toUpperCase(Locale.ROOT))) {
                throw source.beyond("an encoding other than UTF-8, UTF-16 or US-ASCII; convert it to UTF-8");
            }
            return source;
        } catch (XMLStreamException | IOException e) {
            throw notXml(1, 1, "");
        }
    }

    /** Reads the start tag of the root and returns the root without its children. */
    XmlElement root() {
        int event = advance();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = advance();
        }
        path.addLast(xml.getLocalName());
        return element(attributes(), List.of(), "");
    }

    /** Reads the next child of the root. Returns {@code null} at the end of the document. */
    @Nullable
    XmlElement nextChild() {
        int event = advance();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.END_DOCUMENT) {
                return null;
            }
            if (event == XMLStreamConstants.CHARACTERS && !xml.isWhiteSpace()) {
                throw beyond("text between its elements; remove it");
            }
            event = advance();
        }
        elements = 0;
        textLength = 0;
        return tree();
    }

    /** Reads the rest of the element whose start tag was read last. */
    private XmlElement tree() {
        path.addLast(xml.getLocalName());
        if (path.size() > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
            throw beyond("elements more than " + MAX_DEPTH + " deep, or more than " + MAX_ELEMENTS
                    + " in one record; check that this is the right file");
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
            throw beyond(
                    "more than " + MAX_TEXT + " characters of text in one record; check that this is the right file");
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
        } catch (XMLStreamException | RuntimeException e) { // Hostile input makes the parser throw either kind.
            throw notXml(line(), column(), path());
        }
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw beyond("a document type or an entity reference; remove it");
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
                FileProblem.FORMAT,
                "The seed file has " + what + " (" + new Place(0, null, line(), column(), path()) + ")",
                null);
    }

    private static SeedFileException notXml(long line, long column, String path) {
        return new SeedFileException(
                FileProblem.FORMAT,
                "The seed file is not well-formed XML, or has more than " + MAX_ATTRIBUTES + " attributes in one tag;"
                        + " check that it is complete (" + new Place(0, null, line, column, path) + ")",
                null);
    }
}
