package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What wrong codes lead to. Immutable.
 *
 * @param failureLimit how many wrong codes in a row suspend a token, 1 to {@value #MAX_FAILURES}
 * @param failureCeiling after how many wrong codes without an accepted one in between a token cannot be resumed, only
 *     replaced; from the limit to {@value #MAX_FAILURES}
 * @param firstDelay how long no code is looked at after the first wrong one; doubled with each further one. Zero for no
 *     delay
 * @param greatestDelay what the delay grows to, from the first delay to an hour
 */
public record LockPolicy(int failureLimit, int failureCeiling, Duration firstDelay, Duration greatestDelay) {
    /** The greatest number of wrong codes in a row (NIST SP 800-63B-4 §3.2.2). */
    public static final int MAX_FAILURES = 100;

    private static final Duration HOUR = Duration.ofHours(1);

    /** Five wrong codes suspend, a hundred end the token, and there is no delay. */
    public static final LockPolicy STANDARD = new LockPolicy(5, MAX_FAILURES, Duration.ZERO, Duration.ZERO);

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public LockPolicy {
        Require.range(failureLimit, "failureLimit", 1, MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.range(failureCeiling, "failureCeiling", failureLimit, MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        requireNonNull(firstDelay, "firstDelay");
        Require.duration(firstDelay, "firstDelay", Duration.ZERO, HOUR);
        Require.duration(greatestDelay, "greatestDelay", firstDelay, HOUR);
    }

    /**
     * Returns this policy with a delay that grows from one wrong code to the next (RFC 4226 §7.3).
     *
     * @param first the delay after the first wrong code
     * @param greatest what it grows to by doubling
     * @return a policy with the same limits
     */
    public LockPolicy withDelay(Duration first, Duration greatest) {
        return new LockPolicy(failureLimit, failureCeiling, first, greatest);
    }

    /** How many wrong codes a token can still take. */
    int triesLeft(Token token) {
        if (token.isSuspended()) {
            return 0;
        }
        Failures failures = token.failures();
        return Math.max(0, Math.min(failureLimit - failures.inARow(), failureCeiling - failures.sinceAccepted()));
    }

    boolean isAtCeiling(Token token) {
        return token.failures().sinceAccepted() >= failureCeiling;
    }

    /** The instant from which the next code is looked at; {@code null} if it is at once. */
    @Nullable
    Instant nextTryAt(Token token) {
        Failures failures = token.failures();
        if (firstDelay.isZero() || failures.lastAt() == null || failures.inARow() == 0) {
            return null;
        }
        Duration delay = firstDelay;
        for (int i = 1; i < failures.inARow() && delay.compareTo(greatestDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return failures.lastAt().plus(delay.compareTo(greatestDelay) < 0 ? delay : greatestDelay);
    }
}
