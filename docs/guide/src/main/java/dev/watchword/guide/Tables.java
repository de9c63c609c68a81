package dev.watchword.guide;

import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Text;

/** A visitor that lets a table fit a narrow screen: a reader can scroll it, and a long name can break. */
final class Tables extends AbstractVisitor {
    /** The places after a dot, and before a capital letter if another one follows. */
    private static final Pattern IN_NAME =
            Pattern.compile("(?<=[a-zA-Z]\\.)(?=[a-zA-Z])|(?<=[a-z])(?=[A-Z][a-z]+[A-Z])");

    private boolean isInTable;

    @Override
    public void visit(CustomBlock block) {
        boolean isTable = block instanceof TableBlock;
        isInTable |= isTable;
        visitChildren(block);
        if (isTable) {
            isInTable = false;
            Markup scroll = Markup.scroll();
            block.insertBefore(scroll);
            scroll.appendChild(block);
        }
    }

    @Override
    public void visit(Text text) {
        if (isInTable) {
            String[] parts = IN_NAME.split(text.getLiteral(), -1);
            for (int i = 0; i < parts.length - 1; i++) {
                text.insertBefore(new Text(parts[i]));
                text.insertBefore(new WordBreak());
            }
            text.setLiteral(parts[parts.length - 1]);
        }
    }
}
