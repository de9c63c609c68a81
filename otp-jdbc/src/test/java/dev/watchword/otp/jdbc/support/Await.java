package dev.watchword.otp.jdbc.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a real server: polls a condition until it holds, or a deadline has passed. */
final class Await {
    private static final long NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Waits until a condition holds. A condition that throws does not hold yet.
     *
     * @param explanation describes the server when the deadline has passed
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
                "Within " + limit + " the condition did not hold: " + what + "; " + explanation.get(), last);
    }

    static void until(String what, Duration limit, Callable<Boolean> condition) {
        until(what, limit, condition, () -> "nothing more is known");
    }
}
