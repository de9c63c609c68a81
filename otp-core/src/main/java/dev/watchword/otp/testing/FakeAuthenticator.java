package dev.watchword.otp.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A holder's app or hardware token that shows the codes of a clock's time. Its internal clock may drift from that
 * clock. Safe for use by several threads.
 */
public final class FakeAuthenticator {
    /**
     * The number of steps before and after now whose codes are never returned as wrong codes. It is larger than any
     * window.
     */
    private static final int FAR = 25;

    /** The number of wrong codes. Even with 6 digits, 900,000 codes do not begin with a zero. */
    private static final int WRONG_CODES = 800_000;

    private final TotpProfile profile;
    private final Totp totp;
    private final Clock clock;
    private volatile int drift;

    /**
     * Creates an authenticator whose clock has no drift.
     *
     * @param profile the token's parameters
     * @param secret the token's secret. It is copied, so the caller may destroy it afterwards
     * @param clock the clock that gives the time
     */
    public FakeAuthenticator(TotpProfile profile, OtpSecret secret, Clock clock) {
        this.profile = profile;
        this.totp = Totp.of(profile, OtpSecret.weakLegacyCopyOf(secret.exposeBytes()));
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Sets the drift of the authenticator's internal clock.
     *
     * @param steps the number of steps that the internal clock is ahead. Negative if it is behind
     */
    public void drift(int steps) {
        drift = steps;
    }

    /**
     * Returns the code that the authenticator shows now.
     *
     * @return the code
     */
    public String code() {
        return code(0);
    }

    /**
     * Returns the code that the authenticator shows at another step.
     *
     * @param steps the number of steps after now. Negative for an earlier step
     * @return the code
     */
    public String code(int steps) {
        Instant shown = clock.instant().plus(profile.timeStep().multipliedBy((long) drift + steps));
        return totp.generate(shown);
    }

    /**
     * Returns a well-formed code that the authenticator does not show within 25 steps of now.
     *
     * @return a wrong code
     */
    public String wrongCode() {
        return wrongCode(0);
    }

    /**
     * Returns one of many wrong codes. At one instant, each number gives a different code.
     *
     * @param number the number of the wrong code, 0 to 799,999
     * @return a well-formed code that the authenticator does not show within 25 steps of now
     * @throws IllegalArgumentException if the number is out of range
     */
    public String wrongCode(int number) {
        if (number < 0 || number >= WRONG_CODES) {
            throw new IllegalArgumentException("number must be 0 to " + (WRONG_CODES - 1) + ", not " + number);
        }
        Set<String> near = IntStream.rangeClosed(-FAR, FAR).mapToObj(this::code).collect(Collectors.toSet());
        int first = (int) Math.pow(10, profile.digits() - 1);
        return IntStream.iterate(first, i -> i + 1)
                .mapToObj(Integer::toString)
                .filter(code -> !near.contains(code))
                .skip(number)
                .findFirst()
                .orElseThrow();
    }
}
