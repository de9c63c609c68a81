package dev.watchword.guide;

import java.util.Map;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/** The HTML of a document's contents. HTML inside a document is text. */
final class Html {
    private static final int SHORT_CODE = 24;

    private Html() {}

    static String of(Document document, Map<Node, Png> images) {
        return HtmlRenderer.builder()
                .extensions(Document.EXTENSIONS)
                .escapeHtml(true)
                .percentEncodeUrls(true)
                .nodeRendererFactory(MarkupRenderer::new)
                .attributeProviderFactory(
                        context -> (node, tag, attributes) -> add(document, images, node, tag, attributes))
                .build()
                .render(document.root());
    }

    private static void add(
            Document document, Map<Node, Png> images, Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Heading) {
            attributes.put("id", document.headings().anchor(node));
        } else if (node instanceof Code code && code.getLiteral().length() <= SHORT_CODE) {
            attributes.put("class", "short"); // It breaks at no hyphen.
        } else if (tag.equals("pre")) {
            attributes.put("tabindex", "0"); // A keyboard can scroll it.
        }
        Png size = images.get(node);
        if (size != null) {
            attributes.put("width", Integer.toString(size.width()));
            attributes.put("height", Integer.toString(size.height()));
        }
    }

    /** Returns a text in which no character is markup. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
