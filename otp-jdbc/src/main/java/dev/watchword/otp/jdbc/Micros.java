package dev.watchword.otp.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants as the tables store them: whole microseconds since 1970-01-01 UTC. No driver, session or time zone
 * interprets them.
 */
final class Micros {
    private static final long PER_SECOND = 1_000_000;

    /** The earliest instant that a column can store, in the year -290308. */
    static final Instant FIRST = Instant.ofEpochSecond(Long.MIN_VALUE / PER_SECOND);

    /** The latest instant that a column can store, in the year 294247. */
    static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / PER_SECOND);

    private Micros() {}

    /** Returns an instant as a number. Drops a fraction of a microsecond. */
    static long of(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException("The instant " + instant + " must be from " + FIRST + " to " + LAST);
        }
        return instant.getEpochSecond() * PER_SECOND + instant.getNano() / 1_000;
    }

    /** Returns the instant of a number. */
    static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
