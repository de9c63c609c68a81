package dev.watchword.guide.picture;

import java.util.List;

/**
 * A measured case, as docs/benchmarks.md lists them.
 *
 * @param name the name of the case on that page
 * @param method the method of the benchmark and the kind of code
 * @param words the case in words
 * @param blocks the blocks that HMAC must hash
 */
record Case(String name, String method, String words, int blocks) {
    static final List<Case> ALL = List.of(
            new Case("fresh-wrong", "fresh WRONG", "a wrong code, with a fresh secret", 8),
            new Case("fresh-current", "fresh CURRENT", "the expected code, with a fresh secret", 4),
            new Case("fresh-late", "fresh LATE", "the code of the step before, with a fresh secret", 6),
            new Case("prepared-wrong", "prepared WRONG", "a wrong code, with a prepared secret", 6),
            new Case("prepared-current", "prepared CURRENT", "the expected code, with a prepared secret", 2),
            new Case("prepared-late", "prepared LATE", "the code of the step before, with a prepared secret", 4));

    private static final double BYTES_IN_BULK = 64 * 1024;

    /** Returns the least time that the JDK needs to hash the blocks of this case. The padding adds one block. */
    Spread floor(Measurements measured, Hash hash) {
        return measured.get("floor " + hash.algorithm()).times(blocks / (BYTES_IN_BULK / hash.blockBytes() + 1));
    }

    Spread ours(Measurements measured, Hash hash) {
        return measured.get(method + " " + hash.library());
    }
}
