package dev.watchword.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The headings of a document, with their anchors. */
final class Headings {
    private final Map<Node, Section> sections = new HashMap<>();
    private final List<Section> inOrder = new ArrayList<>();

    private Headings() {}

    static Headings of(String document, Node root, Problems problems) {
        List<Heading> headings = new ArrayList<>();
        root.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                headings.add(heading);
            }
        });
        Map<String, Integer> count = new HashMap<>();
        headings.forEach(heading -> count.merge(Anchors.of(text(heading)), 1, Integer::sum));

        Headings found = new Headings();
        Anchors anchors = new Anchors();
        String[] parents = {"", "", "", "", "", "", ""};
        Set<String> siblings = new HashSet<>();
        for (Heading heading : headings) {
            String text = text(heading);
            String plain = Anchors.of(text);
            String anchor = anchors.next(text);
            int level = heading.getLevel();
            if (!siblings.add(parents[level - 1] + "#" + plain)) {
                problems.add(
                        document,
                        "Two headings of one section have the anchor #" + plain + ". Rename \"" + text + "\".");
            }
            for (int below = level; below < parents.length; below++) {
                parents[below] = anchor;
            }
            found.add(heading, new Section(level, text, anchor, count.getOrDefault(plain, 0) > 1));
        }
        return found;
    }

    private void add(Heading heading, Section section) {
        sections.put(heading, section);
        inOrder.add(section);
    }

    List<Section> inOrder() {
        return inOrder;
    }

    /** Returns the anchor of a heading of the document. */
    String anchor(Node heading) {
        Section section = sections.get(heading);
        if (section == null) {
            throw new IllegalArgumentException("The heading is not in this document.");
        }
        return section.anchor();
    }

    /** Returns the text of a node without formatting. */
    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text found) {
                text.append(found.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak lineBreak) {
                text.append(' ');
            }
        });
        return text.toString();
    }
}
