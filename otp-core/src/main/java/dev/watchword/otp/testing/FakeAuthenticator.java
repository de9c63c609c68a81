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
 * What a holder's app or fob shows at a clock's time, with a clock of its own that may have drifted. Safe for use by
 * several threads.
 */
public final class FakeAuthenticator {
    /** How near a code must not be to be called wrong: more than any window reaches around what is shown. */
    private static final int FAR = 25;

    private static final int WRONG_CODES = 800_000;

    private final TotpProfile profile;
    private final Totp totp;
    private final Clock clock;
    private volatile int drift;

    /**
     * Creates an authenticator whose clock is right.
     *
     * @param profile the token's parameters
     * @param secret the token's secret; copied, as an app has its own, so it may be destroyed afterwards
     * @param clock the time
     */
    public FakeAuthenticator(TotpProfile profile, OtpSecret secret, Clock clock) {
        this.profile = profile;
        this.totp = Totp.of(profile, OtpSecret.weakLegacyCopyOf(secret.exposeBytes()));
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Sets how far the authenticator's own clock is off.
     *
     * @param steps how many steps it is ahead; negative if it is behind
     */
    public void drift(int steps) {
        drift = steps;
    }

    /**
     * Returns the code that is shown now.
     *
     * @return the code
     */
    public String code() {
        return code(0);
    }

    /**
     * Returns the code that is shown so many steps from now.
     *
     * @param steps how many steps later; negative for earlier
     * @return the code
     */
    public String code(int steps) {
        Instant shown = clock.instant().plus(profile.timeStep().multipliedBy((long) drift + steps));
        return totp.generate(shown);
    }

    /**
     * Returns a code that is not shown at any time near now, and is not malformed.
     *
     * @return a wrong code
     */
    public String wrongCode() {
        return wrongCode(0);
    }

    /**
     * Returns one of many such codes, each another.
     *
     * @param number which, 0 to 799,999
     * @return a wrong code: none that is shown within 25 steps of now by the authenticator's own clock
     * @throws IllegalArgumentException if there is no such number
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
