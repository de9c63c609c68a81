package dev.watchword.otp.jdbc;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits before something is tried again, each time up to twice as long, by chance, so that those who got into each other's way
 * do not do so again; and ends when it has taken too long. Used by one thread.
 */
final class Patience {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long deadline;
    private long nanos = FIRST_NANOS;

    private Patience(long deadline) {
        this.deadline = deadline;
    }

    static Patience of(Duration limit) {
        return new Patience(System.nanoTime() + limit.toNanos());
    }

    /** Waits, and tells whether there is time for another try; not for a thread that is interrupted. */
    boolean again() {
        if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(1 + ThreadLocalRandom.current().nextLong(nanos));
        nanos = Math.min(2 * nanos, LONGEST_NANOS);
        return true;
    }
}
