package dev.watchword.otp.bench;

import java.util.stream.DoubleStream;

/** The median. A busy moment of the machine affects the mean more than the median. */
final class Median {
    private Median() {}

    static double of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException(
                    "The median needs at least one number; check that the benchmark has results");
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
