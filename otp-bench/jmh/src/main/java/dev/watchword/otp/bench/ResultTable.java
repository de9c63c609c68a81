package dev.watchword.otp.bench;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The Markdown table for the documentation. It shows every library and the floors, in nanoseconds and bytes. */
final class ResultTable {
    private ResultTable() {}

    static List<String> of(Figures figures) {
        List<String> lines = new ArrayList<>();
        lines.add(row("ns (B/op)", Arrays.stream(Case.values()).map(Case::label)));
        lines.add("|---|" + String.join("", Collections.nCopies(Case.values().length, "---|")));
        for (Library ours : Library.ours()) {
            String hash = Floor.hashName(ours.algorithm());
            lines.add(row("the floor, " + hash, floor(figures, ours)));
            lines.add(row(ours.label() + ", " + hash, costs(figures, ours)));
            if (ours == Library.WATCHWORD) {
                Library.others().stream()
                        .filter(other -> !Library.ours().contains(other))
                        .forEach(other -> lines.add(row(other.label() + ", " + hash, costs(figures, other))));
            }
        }
        return lines;
    }

    private static Stream<String> floor(Figures figures, Library ours) {
        return Arrays.stream(Case.values()).map(asked -> grouped(figures.floorNanos(ours.algorithm(), asked)));
    }

    private static Stream<String> costs(Figures figures, Library library) {
        return Arrays.stream(Case.values())
                .map(asked -> figures.cost(library, asked))
                .map(cost -> grouped(cost.nanos()) + " (" + grouped(cost.bytes()) + ")");
    }

    private static String row(String head, Stream<String> cells) {
        return "| " + head + " | " + String.join(" | ", cells.toList()) + " |";
    }

    private static String grouped(double number) {
        return new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
