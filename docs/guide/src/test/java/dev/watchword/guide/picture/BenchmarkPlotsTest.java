package dev.watchword.guide.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The plots show the same figures as the tables of docs/benchmarks.md, which the benchmark prints. */
class BenchmarkPlotsTest {
    private static final Pattern FILE = Pattern.compile("<!-- figure: benchmarks (\\S+) -->");
    private static final Pattern RATIO = Pattern.compile("ratio (\\S+) ns \\d+ bytes \\d+ floor (\\S+) ");

    private final String page = Files.readString(Path.of("../benchmarks.md"));
    private final Measurements measured = Measurements.read(Files.readString(Path.of("..", file())));
    private final List<String> plots = BenchmarkPlots.draw(measured);

    BenchmarkPlotsTest() throws Exception {}

    private String file() {
        Matcher file = FILE.matcher(page);
        assertTrue(file.find());
        return file.group(1);
    }

    /** Returns the numbers of the page's table, of SHA-1, by case and library, without the allocated bytes. */
    private Map<String, Map<String, String>> table() {
        Map<String, Map<String, String>> table = new TreeMap<>();
        List<String> cases = Case.ALL.stream().map(Case::name).toList();
        page.lines().filter(line -> line.contains(", SHA-1 | ")).forEach(line -> {
            List<String> cells = List.of(line.split(" ?\\| ?", -1));
            String library = cells.get(1).replace(", SHA-1", "").replace("**ours**", "Watchword");
            for (int i = 0; i < cases.size(); i++) {
                table.computeIfAbsent(cases.get(i), name -> new TreeMap<>())
                        .put(library, cells.get(i + 2).replaceAll(" \\(.*", "") + " ns");
            }
        });
        return table;
    }

    @Test
    void thePlotsHaveTheTimesOfTheTable() throws Exception {
        Map<String, Map<String, String>> plotted = new TreeMap<>();
        for (String svg : plots.subList(1, plots.size())) {
            Drawn drawn = new Drawn(svg);
            String name = drawn.all("text", "name").get(0).getTextContent().replaceAll(":.*", "");
            for (String kind : List.of("ours", "floor", "other")) {
                drawn.tips(kind)
                        .forEach(tip -> plotted.computeIfAbsent(name, key -> new TreeMap<>())
                                .put(tip.replaceAll(":.*", ""), tip.replaceAll(".*: |, .* × floor", "")));
            }
        }

        assertEquals(6, plotted.size());
        assertEquals(10, plotted.getOrDefault("fresh-wrong", Map.of()).size());
        assertEquals(table(), plotted);
    }

    @Test
    void theRatiosAreThoseThatTheBenchmarkPrints() throws Exception {
        List<String> printed = RATIO.matcher(page.substring(page.indexOf("## The figures")))
                .results()
                .map(found -> found.group(1) + ", SHA-1: " + found.group(2))
                .sorted()
                .toList();

        assertEquals(6, printed.size());
        assertEquals(
                printed,
                new Drawn(plots.get(0))
                        .tips("ours").stream()
                                .filter(tip -> tip.contains(", SHA-1: "))
                                .sorted()
                                .toList());
    }

    @Test
    void theBarsOfACaseHaveTheScaleOfItsAxis() throws Exception {
        Drawn drawn = new Drawn(plots.get(1));
        List<Element> ticks = drawn.all("text", "tick");
        double end =
                Double.parseDouble(ticks.get(ticks.size() - 1).getTextContent().replace(",", ""));

        Element bar = Drawn.first(drawn.all("g", "ours").get(0), "rect");

        double nanos = measured.get("fresh WRONG WATCHWORD").median();
        assertEquals(nanos / end * BarPlot.LENGTH, Drawn.number(bar, "width"), 0.06);
    }

    @Test
    void aWholeVerificationAndResponsesArePlottedIfTheyWereMeasured() throws Exception {
        String more = Files.readString(Path.of("..", file())).stripTrailing().replaceFirst("\\]$", "")
                + result("ServiceBenchmark.verifyAccepted", 500)
                + result("ServiceBenchmark.cryptography", 200)
                + result("OcraBenchmark.freshResponse", 524)
                + result("OcraBenchmark.freshHmac", 400) + "]";

        List<String> ratios =
                new Drawn(BenchmarkPlots.draw(Measurements.read(more)).get(0)).tips("ours");

        assertTrue(ratios.contains("a whole verification: 2.50"), ratios.toString());
        assertTrue(ratios.contains("OCRA, fresh secret: 1.31"), ratios.toString());
    }

    private static String result(String benchmark, int nanos) {
        return ", {\"benchmark\": \"dev.watchword.otp.bench." + benchmark
                + "\", \"threads\": 1, \"primaryMetric\": {\"scoreUnit\": \"ns/op\", \"rawData\": [[" + nanos + "]]}}";
    }

    @Test
    void aMissingResultIsNamed() {
        assertEquals(
                "The file has no result of fresh WRONG WATCHWORD.",
                assertThrows(PictureException.class, () -> BenchmarkPlots.draw(Measurements.read("[]")))
                        .getMessage());
    }

    @Test
    void anotherUnitIsRefused() {
        String json = "[{\"benchmark\": \"a.b\", \"primaryMetric\": {\"scoreUnit\": \"ops/s\"}}]";

        assertEquals(
                "a.b is not in ns/op.",
                assertThrows(PictureException.class, () -> Measurements.read(json))
                        .getMessage());
    }

    @Test
    void theRangeIsTheMiddleHalf() {
        assertEquals(new Spread(4.5, 3, 6), Spread.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)));
        assertEquals(new Spread(2, 1, 3), Spread.of(List.of(3.0, 1.0, 2.0)));
        assertThrows(PictureException.class, () -> Spread.of(List.of()));
    }
}
