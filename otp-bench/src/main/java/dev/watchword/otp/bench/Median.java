package dev.watchword.otp.bench;

import java.util.stream.DoubleStream;

/** What lies in the middle: a moment in which the machine was busy does not move it, as it would the mean. */
final class Median {
    private Median() {}

    static double of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There is no median of nothing");
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
