package dev.watchword.guide;

import java.util.Set;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;

/** A renderer of {@link Markup} and {@link WordBreak}. */
final class MarkupRenderer implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    MarkupRenderer(HtmlNodeRendererContext context) {
        this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(Markup.class, WordBreak.class);
    }

    @Override
    public void render(Node node) {
        if (node instanceof Markup markup) {
            context.getWriter().line();
            context.getWriter().raw(markup.before());
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
            context.getWriter().line();
            context.getWriter().raw(markup.after());
        } else {
            context.getWriter().tag("wbr");
        }
    }
}
