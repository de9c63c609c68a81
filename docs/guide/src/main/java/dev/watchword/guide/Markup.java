package dev.watchword.guide;

import org.commonmark.node.CustomBlock;

/** A part of a page that the guide itself writes as HTML. */
final class Markup extends CustomBlock {
    private final String before;
    private final String after;

    /** Creates a part with its children between two pieces of HTML. */
    Markup(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** Returns a picture that can be scrolled on a narrow screen. */
    static Markup figure(String svg) {
        return new Markup("<figure class=\"scroll\" tabindex=\"0\">\n" + svg + "</figure>\n", "");
    }

    /** Returns a frame that can be scrolled on a narrow screen. */
    static Markup scroll() {
        return new Markup("<div class=\"scroll\" tabindex=\"0\">\n", "</div>\n");
    }

    String before() {
        return before;
    }

    String after() {
        return after;
    }
}
