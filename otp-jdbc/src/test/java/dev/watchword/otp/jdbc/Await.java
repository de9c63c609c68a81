package dev.watchword.otp.jdbc;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for a real server: a condition is looked at until it holds, or a deadline has passed. */
final class Await {
    private static final long NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Waits until a condition holds. One that throws does not hold yet.
     *
     * @param explanation says what may be known besides, if it comes to nothing
     */
    static void until(String what, Duration limit, Callable<Boolean> condition, Supplier<String> explanation) {
        long deadline = System.nanoTime() + limit.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(NANOS_BETWEEN);
        } while (System.nanoTime() - deadline < 0);
        throw new IllegalStateException(
                "Within " + limit + " it was not so that " + what + "; " + explanation.get(), last);
    }

    static void until(String what, Duration limit, Callable<Boolean> condition) {
        until(what, limit, condition, () -> "nothing more is known");
    }
}
