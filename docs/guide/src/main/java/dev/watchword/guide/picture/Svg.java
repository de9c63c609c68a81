package dev.watchword.guide.picture;

import java.util.List;

/** A picture as SVG inside a page. It has a title and a description for readers who cannot see it. */
final class Svg {
    /** The distance of two lines of text, in pixels. */
    static final int LINE = 17;

    private final StringBuilder parts = new StringBuilder();
    private final String id;
    private final int width;
    private final int height;

    /**
     * Creates an empty picture.
     *
     * @param id a name that no other picture of the page has
     */
    Svg(String id, int width, int height, String title, String description) {
        this.id = id;
        this.width = width;
        this.height = height;
        parts.append("<title id=\"" + id + "-title\">" + escape(title) + "</title>\n");
        parts.append("<desc id=\"" + id + "-desc\">" + escape(description) + "</desc>\n");
        parts.append("<defs><marker id=\"" + id + "-arrow\" class=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\""
                + " markerWidth=\"8\" markerHeight=\"8\" orient=\"auto-start-reverse\">"
                + "<path d=\"M0 0L10 5L0 10z\"/></marker></defs>\n");
    }

    Svg open(String kind, String tip) {
        parts.append("<g class=\"" + kind + "\"><title>" + escape(tip) + "</title>\n");
        return this;
    }

    Svg close() {
        parts.append("</g>\n");
        return this;
    }

    Svg box(String kind, double x, double y, double boxWidth, double boxHeight, int radius) {
        parts.append("<rect class=\"" + kind + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\""
                + number(boxWidth) + "\" height=\"" + number(boxHeight) + "\" rx=\"" + radius + "\"/>\n");
        return this;
    }

    Svg circle(String kind, double x, double y, double radius) {
        parts.append("<circle class=\"" + kind + "\" cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\""
                + number(radius) + "\"/>\n");
        return this;
    }

    Svg path(String kind, String path) {
        parts.append("<path class=\"" + kind + "\" d=\"" + path + "\"/>\n");
        return this;
    }

    Svg arrow(String kind, String path) {
        parts.append("<path class=\"" + kind + "\" d=\"" + path + "\" marker-end=\"url(#" + id + "-arrow)\"/>\n");
        return this;
    }

    /** Adds lines of text, the first one with its baseline at y. */
    Svg text(String kind, double x, double y, Align align, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            parts.append("<text class=\"" + kind + "\" x=\"" + number(x) + "\" y=\"" + number(y + i * LINE)
                    + "\" text-anchor=\"" + align.anchor() + "\">" + escape(lines.get(i)) + "</text>\n");
        }
        return this;
    }

    String end() {
        return "<svg id=\"" + id + "\" role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-desc\" viewBox=\"0 0 "
                + width + " " + height + "\" width=\"" + width + "\" height=\"" + height
                + "\" xmlns=\"http://www.w3.org/2000/svg\">\n" + parts + "</svg>\n";
    }

    /** Returns a length with at most one decimal. */
    static String number(double length) {
        long tenths = Math.round(length * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The side of a text at which its position is. */
    enum Align {
        START,
        MIDDLE,
        END;

        private String anchor() {
            return switch (this) {
                case START -> "start";
                case MIDDLE -> "middle";
                case END -> "end";
            };
        }
    }
}
