package dev.watchword.guide.picture;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A picture that was read again as XML. */
final class Drawn {
    private final Element svg;

    Drawn(String svg) throws Exception {
        this.svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    /** Returns the elements of a name that have a class. */
    List<Element> all(String name, String kind) {
        NodeList nodes = svg.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .filter(element -> element.getAttribute("class").equals(kind))
                .toList();
    }

    /** Returns the texts of the tips of the groups of a kind. */
    List<String> tips(String kind) {
        return all("g", kind).stream()
                .map(group -> first(group, "title").getTextContent())
                .toList();
    }

    /** Returns the lines of text in a group. */
    static List<String> texts(Element group) {
        NodeList lines = group.getElementsByTagName("text");
        return IntStream.range(0, lines.getLength())
                .mapToObj(i -> lines.item(i).getTextContent())
                .toList();
    }

    static Element first(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
