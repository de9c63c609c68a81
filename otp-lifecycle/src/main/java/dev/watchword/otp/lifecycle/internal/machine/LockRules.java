package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The consequences of wrong codes: the limit, the ceiling and the delay. */
public final class LockRules {
    private LockRules() {}

    /** Returns the number of further wrong codes that suspend a token; 0 for a suspended token. */
    public static int triesLeft(LockPolicy policy, Token token) {
        if (token.isSuspended()) {
            return 0;
        }
        Failures failures = token.failures();
        return Math.max(
                0,
                Math.min(
                        policy.failureLimit() - failures.consecutive(),
                        policy.failureCeiling() - failures.sinceAccepted()));
    }

    /** Returns whether a token has reached the ceiling, so that it can only be replaced. */
    static boolean isAtCeiling(LockPolicy policy, Token token) {
        return token.failures().sinceAccepted() >= policy.failureCeiling();
    }

    /** Returns the instant from which the next code is evaluated; {@code null} if there is no delay. */
    static @Nullable Instant nextTryAt(LockPolicy policy, Token token) {
        Failures failures = token.failures();
        if (policy.firstDelay().isZero() || failures.lastAt() == null || failures.consecutive() == 0) {
            return null;
        }
        Duration greatest = policy.greatestDelay();
        Duration delay = policy.firstDelay();
        for (int i = 1; i < failures.consecutive() && delay.compareTo(greatest) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return failures.lastAt().plus(delay.compareTo(greatest) < 0 ? delay : greatest);
    }
}
