package dev.watchword.otp.lifecycle.seeds;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** A writer of indented XML in UTF-8. PSKC is the default namespace, and element names of other namespaces have a prefix. */
final class XmlSink {
    private final XMLStreamWriter xml;
    private int depth;

    XmlSink(OutputStream out) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** Begins an element. The attributes alternate between name and value. */
    void start(String name, String... attributes) {
        try {
            xml.writeCharacters("\n" + " ".repeat(depth));
            xml.writeStartElement(name);
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], attributes[i + 1]);
            }
            depth++;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    void end() {
        try {
            xml.writeEndElement();
            depth--;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** Writes an element with text. Writes nothing if the text is {@code null}. */
    void text(String name, @Nullable String text) {
        if (text == null) {
            return;
        }
        start(name);
        try {
            xml.writeCharacters(text);
        } catch (XMLStreamException e) {
            throw failed(e);
        }
        end();
    }

    void base64(String name, byte[] bytes) {
        text(name, Base64.getEncoder().encodeToString(bytes));
    }

    void finish() {
        try {
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private static SeedFileException failed(XMLStreamException e) {
        return new SeedFileException(
                FileProblem.STORAGE, "Writing the seed file failed; write the whole file again", e);
    }
}
