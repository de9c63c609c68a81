package dev.watchword.otp.bench;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The printed lines: Watchword, the fastest peer and the floor, with one case a line. */
final class ResultLines {
    private ResultLines() {}

    static List<String> of(Figures figures) {
        List<String> lines = new ArrayList<>();
        for (Case asked : Case.values()) {
            Library fastest = figures.fastestPeer(asked);
            lines.add("ratio " + asked.label() + ours(figures, Library.WATCHWORD, asked) + " peer "
                    + twoDecimals(figures.toOurs(fastest, asked)) + " " + fastest.label());
        }
        Figures.Cost service = figures.service("verifyAccepted");
        lines.add("service verify-accepted ns " + Math.round(service.nanos()) + " bytes " + Math.round(service.bytes())
                + " floor "
                + twoDecimals(service.nanos() / figures.service("cryptography").nanos()));
        for (String use : List.of("prepared", "fresh")) {
            Figures.Cost response = figures.service(use + "Response");
            lines.add("ocra " + use + " ns " + Math.round(response.nanos()) + " bytes " + Math.round(response.bytes())
                    + " floor "
                    + twoDecimals(
                            response.nanos() / figures.service(use + "Hmac").nanos()));
        }
        lines.add("scaling threads 2 ratio " + twoDecimals(figures.scaling()));
        for (Library other : List.of(Library.WATCHWORD_SHA256, Library.WATCHWORD_SHA512)) {
            for (Case asked : Case.values()) {
                lines.add("also " + asked.label() + " " + Floor.hashName(other.algorithm())
                        + ours(figures, other, asked));
            }
        }
        return lines;
    }

    private static String ours(Figures figures, Library ours, Case asked) {
        Figures.Cost cost = figures.cost(ours, asked);
        return " ns " + Math.round(cost.nanos()) + " bytes " + Math.round(cost.bytes()) + " floor "
                + twoDecimals(figures.toFloor(ours, asked));
    }

    private static String twoDecimals(double ratio) {
        return new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(ratio);
    }
}
