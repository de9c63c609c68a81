package dev.watchword.otp.bench;

import java.util.Arrays;
import java.util.Locale;

/** One of the six measured cases: a fresh or a prepared secret, with each kind of code. */
enum Case {
    FRESH_WRONG(false, Entered.WRONG),
    FRESH_CURRENT(false, Entered.CURRENT),
    FRESH_LATE(false, Entered.LATE),
    PREPARED_WRONG(true, Entered.WRONG),
    PREPARED_CURRENT(true, Entered.CURRENT),
    PREPARED_LATE(true, Entered.LATE);

    private static final int BLOCKS_OF_KEY = 2;
    private static final int BLOCKS_OF_STEP = 2;

    private final boolean prepared;
    private final Entered entered;

    Case(boolean prepared, Entered entered) {
        this.prepared = prepared;
        this.entered = entered;
    }

    static Case of(boolean prepared, Entered entered) {
        return Arrays.stream(values())
                .filter(it -> it.prepared == prepared && it.entered == entered)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the number of blocks that HMAC (RFC 2104) must hash. The inner and the outer pad of a fresh secret take
     * one block each. Each time step takes two more.
     */
    int blocks() {
        return (prepared ? 0 : BLOCKS_OF_KEY) + BLOCKS_OF_STEP * entered.steps();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
