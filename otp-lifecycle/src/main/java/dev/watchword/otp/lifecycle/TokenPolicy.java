package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import java.time.Duration;

/**
 * What an institution may decide. Immutable.
 *
 * @param profile the parameters of the software tokens that it issues; a hardware token brings its own
 * @param window how far from the expected time step a code may lie
 * @param failureLimit how many wrong codes in a row suspend a token, 1 to {@value #MAX_FAILURE_LIMIT}
 * @param softwareLifetime how long a software token lasts from its issue: more than zero, at most 100 years
 */
public record TokenPolicy(TotpProfile profile, TotpWindow window, int failureLimit, Duration softwareLifetime) {
    /** The greatest number of wrong codes in a row (NIST SP 800-63B-4 §3.2.2). */
    public static final int MAX_FAILURE_LIMIT = 100;

    private static final Duration MAX_LIFETIME = Duration.ofDays(36_525);

    /** A bank's: 8 digits, 60 seconds, one step either side, 5 wrong codes, five years. */
    public static final TokenPolicy BANK =
            new TokenPolicy(TotpProfile.BANK, TotpWindow.ONE_STEP, 5, Duration.ofDays(5 * 365));

    /** For authenticator apps: 6 digits, 30 seconds, one step either side, 5 wrong codes, five years. */
    public static final TokenPolicy AUTHENTICATOR_APP =
            new TokenPolicy(TotpProfile.AUTHENTICATOR_APP, TotpWindow.ONE_STEP, 5, Duration.ofDays(5 * 365));

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public TokenPolicy {
        requireNonNull(profile, "profile");
        requireNonNull(window, "window");
        if (failureLimit < 1 || failureLimit > MAX_FAILURE_LIMIT) {
            throw new IllegalArgumentException("failureLimit must be 1 to " + MAX_FAILURE_LIMIT + ", not "
                    + failureLimit + " (NIST SP 800-63B-4 §3.2.2)");
        }
        if (softwareLifetime.isNegative()
                || softwareLifetime.isZero()
                || softwareLifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "softwareLifetime must be more than zero and at most 100 years, not " + softwareLifetime);
        }
    }

    /** How many wrong codes a token can still take. */
    int triesLeft(Token token) {
        return token.isSuspended() ? 0 : Math.max(0, failureLimit - token.failures());
    }
}
