package dev.watchword.guide.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.guide.picture.BarPlot.Bar;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class BarPlotTest {
    private final BarPlot plot = new BarPlot(
            "plot",
            "Times",
            List.of(
                    new Bar("other", "slow", new Spread(400, 350, 500), "400 ns"),
                    new Bar("ours", "fast & safe", new Spread(125, 120, 130), "125 ns")));

    private List<Element> bars() throws Exception {
        Drawn drawn = new Drawn(plot.draw());
        return Stream.of("ours", "other")
                .flatMap(kind -> drawn.all("g", kind).stream())
                .toList();
    }

    @Test
    void theShortestBarIsTheFirst() throws Exception {
        List<Element> bars = bars();

        assertEquals(36, Drawn.number(Drawn.first(bars.get(0), "rect"), "y") - 2);
        assertEquals(64, Drawn.number(Drawn.first(bars.get(1), "rect"), "y") - 2);
    }

    @Test
    void barsAndRangesHaveTheScaleOfTheAxis() throws Exception {
        List<Element> ticks = new Drawn(plot.draw()).all("text", "tick");
        List<Element> bars = bars();

        // The axis ends at 500, which is 400 pixels from its start.
        Element last = ticks.get(ticks.size() - 1);
        assertEquals("500", last.getTextContent());
        assertEquals(BarPlot.LEFT + 400, Drawn.number(last, "x"));
        assertEquals(100, Drawn.number(Drawn.first(bars.get(0), "rect"), "width"));
        assertEquals(320, Drawn.number(Drawn.first(bars.get(1), "rect"), "width"));
        assertEquals(
                "M470 79v6M590 79v6M470 82H590",
                Drawn.first(bars.get(1), "path").getAttribute("d"));
    }

    @Test
    void barsHaveTheirNamesAndValues() throws Exception {
        Element bar = bars().get(0);

        assertEquals("fast & safe: 125 ns", Drawn.first(bar, "title").getTextContent());
        assertEquals(List.of("fast & safe", "125 ns"), Drawn.texts(bar));
    }

    @ParameterizedTest
    @CsvSource({"500, 100, 5", "501, 100, 6", "601, 200, 4", "5741, 1000, 6", "3.53, 1, 4", "1, 0.2, 5", "99, 20, 5"})
    void aScaleHasFewRoundSteps(double value, double step, int count) {
        assertEquals(new Scale(step, count, 400), Scale.upTo(value, 400));
    }

    @Test
    void aPlotNeedsPositiveValues() {
        assertThrows(PictureException.class, () -> Scale.upTo(0, 400));
    }
}
