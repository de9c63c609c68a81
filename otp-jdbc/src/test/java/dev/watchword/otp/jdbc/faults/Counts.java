package dev.watchword.otp.jdbc.faults;

import java.util.Random;

/** The settings of a run: {@code -Dfaults.client.kills=50 -Dfaults.share=10 -Dfaults.seed=7}. */
final class Counts {
    private static final int ALL = 100;

    private Counts() {}

    /** Returns the count of a fault, or the percentage of it that the run requires, but at least one. */
    static int count(String name, int full) {
        int count = Integer.getInteger("faults." + name, full);
        return Math.max(1, count * Integer.getInteger("faults.share", ALL) / ALL);
    }

    /** Returns the source of random choices. Its seed is printed with the result. */
    static long seed() {
        return Long.getLong("faults.seed", new Random().nextLong(1_000_000));
    }
}
