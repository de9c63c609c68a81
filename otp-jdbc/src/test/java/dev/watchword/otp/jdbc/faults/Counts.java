package dev.watchword.otp.jdbc.faults;

import java.util.Random;

/** How often, and with what chance: {@code -Dfaults.client.kills=50 -Dfaults.share=10 -Dfaults.seed=7}. */
final class Counts {
    private static final int ALL = 100;

    private Counts() {}

    /** The count of a fault, or the share of it in percent that the run asks for, but one at least. */
    static int count(String name, int full) {
        int count = Integer.getInteger("faults." + name, full);
        return Math.max(1, count * Integer.getInteger("faults.share", ALL) / ALL);
    }

    /** What decides by chance; its seed is printed with the result. */
    static long seed() {
        return Long.getLong("faults.seed", new Random().nextLong(1_000_000));
    }
}
