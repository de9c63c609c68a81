package dev.watchword.otp.jdbc;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The delays between retries, and their time limit. Each delay is random. Its upper bound is 1 ms at first and doubles
 * up to 500 ms. Random delays keep transactions that collided once from colliding again. For use by one thread.
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

    /**
     * Waits and returns {@code true} if there is time for another attempt. After the time limit, or if the thread is
     * interrupted, returns {@code false} without waiting.
     */
    boolean again() {
        if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(1 + ThreadLocalRandom.current().nextLong(nanos));
        nanos = Math.min(2 * nanos, LONGEST_NANOS);
        return true;
    }
}
