package dev.watchword.guide.picture;

import java.util.List;

/**
 * The middle of measured iterations, and the range of the middle half of them.
 *
 * @param median the median
 * @param low the first quartile
 * @param high the third quartile
 */
record Spread(double median, double low, double high) {
    static Spread of(List<Double> iterations) {
        if (iterations.isEmpty()) {
            throw new PictureException("A benchmark has no measured iteration.");
        }
        List<Double> sorted = iterations.stream().sorted().toList();
        int last = sorted.size() - 1;
        int quarter = sorted.size() / 4;
        double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
        return new Spread(median, sorted.get(quarter), sorted.get(last - quarter));
    }

    Spread times(double factor) {
        return new Spread(median * factor, low * factor, high * factor);
    }
}
