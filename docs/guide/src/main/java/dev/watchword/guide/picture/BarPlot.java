package dev.watchword.guide.picture;

import static dev.watchword.guide.picture.Svg.Align.END;
import static dev.watchword.guide.picture.Svg.Align.MIDDLE;
import static dev.watchword.guide.picture.Svg.Align.START;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plot of horizontal bars, the shortest first, with the range of each one.
 *
 * @param id a name that no other picture of the page has
 * @param title what the bars show, with the unit
 * @param bars the bars
 */
record BarPlot(String id, String title, List<Bar> bars) {
    private static final int WIDTH = 760;
    private static final int TOP = 36;
    private static final int ROW = 28;
    private static final int BAR = 11;
    private static final int BOTTOM = 52;

    private static final String NOTE = "The thin line below a bar spans the middle half of the measured iterations.";

    /** The left end of each bar. */
    static final int LEFT = 190;

    /** The length of the scale. The rest of the width is for the values. */
    static final int LENGTH = 400;

    /**
     * A bar.
     *
     * @param kind one of {@code ours}, {@code floor} and {@code other}
     * @param name the text at its left
     * @param spread its length and its range
     * @param value the text at its right
     */
    record Bar(String kind, String name, Spread spread, String value) {}

    /** Returns the plot as SVG. */
    String draw() {
        List<Bar> sorted = bars.stream()
                .sorted(Comparator.comparingDouble(bar -> bar.spread().median()))
                .toList();
        Scale scale = Scale.upTo(
                bars.stream().mapToDouble(bar -> bar.spread().high()).max().orElse(0), LENGTH);
        int bottom = TOP + ROW * sorted.size();
        Svg svg = new Svg(
                id,
                WIDTH,
                bottom + BOTTOM,
                title,
                sorted.stream().map(bar -> bar.name() + ": " + bar.value()).collect(Collectors.joining("; ", "", ".")));
        svg.text("name", 0, Svg.LINE, START, List.of(title));
        svg.text("tick", 0, bottom + 2 * Svg.LINE + 8, START, List.of(NOTE));
        scale.ticks().forEach(tick -> {
            double x = LEFT + scale.length(tick);
            svg.path("grid", "M" + Svg.number(x) + " " + TOP + "V" + bottom);
            svg.text("tick", x, bottom + Svg.LINE, MIDDLE, List.of(Figure.grouped(tick)));
        });
        for (int i = 0; i < sorted.size(); i++) {
            draw(sorted.get(i), TOP + ROW * i, scale, svg);
        }
        return svg.end();
    }

    private static void draw(Bar bar, int top, Scale scale, Svg svg) {
        double low = LEFT + scale.length(bar.spread().low());
        double high = LEFT + scale.length(bar.spread().high());
        double end = LEFT + scale.length(bar.spread().median());
        int range = top + BAR + 7;
        svg.open(bar.kind(), bar.name() + ": " + bar.value());
        svg.text("label", LEFT - 8, top + 13, END, List.of(bar.name()));
        svg.box("bar", LEFT, top + 2, end - LEFT, BAR, 0);
        svg.path(
                "range",
                cap(low, range) + cap(high, range) + "M" + Svg.number(low) + " " + range + "H" + Svg.number(high));
        svg.text("value", Math.max(end, high) + 8, top + 13, START, List.of(bar.value()));
        svg.close();
    }

    private static String cap(double x, int y) {
        return "M" + Svg.number(x) + " " + (y - 3) + "v6";
    }
}
