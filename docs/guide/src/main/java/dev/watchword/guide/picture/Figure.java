package dev.watchword.guide.picture;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** The form of numbers in plots, the same as in docs/benchmarks.md. */
final class Figure {
    private Figure() {}

    static String grouped(double number) {
        return format("#,##0.##", number);
    }

    /** Returns a time in whole nanoseconds. */
    static String nanos(double nanos) {
        return format("#,##0", nanos);
    }

    /** Returns a ratio with two decimals. */
    static String ratio(double ratio) {
        return format("0.00", ratio);
    }

    private static String format(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
