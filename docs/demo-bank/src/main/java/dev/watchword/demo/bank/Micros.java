package dev.watchword.demo.bank;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the bank's tables store them: microseconds since 1970-01-01 UTC. */
public final class Micros {
    private Micros() {}

    /** {@return the number that a table stores for an instant} */
    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** {@return the instant of a number that a table stores} */
    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
