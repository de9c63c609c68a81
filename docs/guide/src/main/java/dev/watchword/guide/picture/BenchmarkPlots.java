package dev.watchword.guide.picture;

import dev.watchword.guide.picture.BarPlot.Bar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plots of the benchmarks: the libraries in each case, and Watchword as a multiple of the floor. */
public final class BenchmarkPlots {
    /** The other libraries, as the benchmark and the page name them. */
    private static final Map<String, String> OTHERS = others();

    /** The benchmarks that have one floor each. */
    private static final List<Pair> PAIRS = List.of(
            new Pair("a whole verification", "verifyAccepted", "cryptography"),
            new Pair("OCRA, prepared secret", "preparedResponse", "preparedHmac"),
            new Pair("OCRA, fresh secret", "freshResponse", "freshHmac"));

    private record Pair(String label, String ours, String floor) {}

    private BenchmarkPlots() {}

    private static Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        others.put("JAVA_OTP", "java-otp");
        others.put("GOOGLE_AUTH", "GoogleAuth");
        others.put("JAVA_TOTP", "java-totp");
        others.put("OTP_JAVA", "OTP-Java");
        others.put("LIBTOTP", "libtotp");
        others.put("KOTLIN_ONETIMEPASSWORD", "kotlin-onetimepassword");
        others.put("ONE_TIME", "1time");
        others.put("JAVA_OTP_BY_NUMBER", "java-otp-by-number");
        return others;
    }

    /** Returns the plots as SVG. */
    public static List<String> draw(Measurements measured) {
        List<String> plots = new ArrayList<>();
        plots.add(ratios(measured).draw());
        Case.ALL.forEach(asked -> plots.add(libraries(measured, asked).draw()));
        return plots;
    }

    private static BarPlot libraries(Measurements measured, Case asked) {
        Spread floor = asked.floor(measured, Hash.SHA_1);
        List<Bar> bars = new ArrayList<>();
        bars.add(new Bar("floor", "the floor", floor, Figure.nanos(floor.median()) + " ns"));
        bars.add(library("ours", "Watchword", asked.ours(measured, Hash.SHA_1), floor));
        OTHERS.forEach((library, label) ->
                bars.add(library("other", label, measured.get(asked.method() + " " + library), floor)));
        return new BarPlot("plot-" + asked.name(), asked.name() + ": " + asked.words() + ", in nanoseconds", bars);
    }

    private static Bar library(String kind, String label, Spread spread, Spread floor) {
        return new Bar(
                kind,
                label,
                spread,
                Figure.nanos(spread.median()) + " ns, " + Figure.ratio(spread.median() / floor.median()) + " × floor");
    }

    private static BarPlot ratios(Measurements measured) {
        List<Bar> bars = new ArrayList<>();
        for (Hash hash : List.of(Hash.SHA_1, Hash.SHA_256, Hash.SHA_512)) {
            Case.ALL.forEach(asked -> bars.add(
                    ratio(asked.name() + ", " + hash.name(), asked.ours(measured, hash), asked.floor(measured, hash))));
        }
        for (Pair pair : PAIRS) {
            measured.find(pair.ours())
                    .ifPresent(ours -> bars.add(ratio(pair.label(), ours, measured.get(pair.floor()))));
        }
        return new BarPlot("plot-ratios", "Watchword as a multiple of the floor", bars);
    }

    private static Bar ratio(String label, Spread ours, Spread floor) {
        Spread ratio = ours.times(1 / floor.median());
        return new Bar("ours", label, ratio, Figure.ratio(ratio.median()));
    }
}
