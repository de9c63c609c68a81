package dev.watchword.guide.picture;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A linear scale that begins at 0.
 *
 * @param step the distance of two ticks: 1, 2 or 5 times a power of ten
 * @param count the number of steps
 * @param pixels the length of the scale
 */
record Scale(double step, int count, int pixels) {
    private static final int MAX_STEPS = 6;

    /** Returns a scale with at most six steps that ends at or after a positive value. */
    static Scale upTo(double value, int pixels) {
        if (!(value > 0)) {
            throw new PictureException("A plot needs positive values.");
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        double step = DoubleStream.of(2 * power, 5 * power, 10 * power, 20 * power)
                .filter(candidate -> value <= MAX_STEPS * candidate)
                .findFirst()
                .orElseThrow();
        return new Scale(step, (int) Math.ceil(value / step), pixels);
    }

    double length(double value) {
        return value / (step * count) * pixels;
    }

    List<Double> ticks() {
        return IntStream.rangeClosed(0, count).mapToObj(i -> i * step).toList();
    }
}
