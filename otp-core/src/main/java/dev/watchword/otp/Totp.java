package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Time-based one-time passwords (RFC 6238) of one token: a profile and a secret, ready to generate and to verify.
 *
 * <p>It keeps a state derived from the secret, so let go of it as soon as of the secret itself. Immutable and safe for
 * use by several threads. It reads no clock and remembers nothing: the instant and the last spent step are arguments.
 */
public final class Totp {
    /** Stands for the last spent step where no step was spent yet: every step lies after it. */
    public static final long NO_STEP = Long.MIN_VALUE;

    private final TotpProfile profile;
    private final KeyedHmac hmac;

    private Totp(TotpProfile profile, KeyedHmac hmac) {
        this.profile = profile;
        this.hmac = hmac;
    }

    /**
     * Prepares a token's secret.
     *
     * @param profile the token's parameters
     * @param secret the token's secret; not kept, so it may be destroyed afterwards
     * @return what generates and verifies the token's codes
     * @throws IllegalStateException if the secret was destroyed
     */
    public static Totp of(TotpProfile profile, OtpSecret secret) {
        requireNonNull(profile, "profile");
        return new Totp(profile, KeyedHmac.of(profile.algorithm(), secret));
    }

    /**
     * Returns the code of an instant (RFC 6238 §4).
     *
     * @param at the instant
     * @return exactly the profile's number of ASCII digits
     */
    public String generate(Instant at) {
        return Digits.format(hmac.truncated(profile.stepAt(at)), profile.digits());
    }

    /**
     * Compares a code with those of the window around an instant, the expected step first, then outward, earlier before
     * later. Only a step after the last spent one can match; steps up to it are compared just to tell a replay.
     * A right code ends the search; any other costs the whole window.
     *
     * @param code what was entered
     * @param at the instant at which it was entered
     * @param window how far from the expected step it may lie
     * @param afterStep the last spent step, or {@link #NO_STEP}
     * @return matched, replayed, wrong or malformed
     */
    public Verification verify(String code, Instant at, TotpWindow window, long afterStep) {
        int entered = Digits.parse(code, profile.digits());
        if (entered == Digits.MALFORMED) {
            return Verification.MALFORMED;
        }
        long expected = profile.stepAt(at);
        Verification otherwise = Verification.WRONG;
        int reach = Math.max(window.past(), window.future());
        for (int i = 0; i <= 2 * reach; i++) {
            int drift = outward(i);
            long step = expected + drift;
            if (drift < -window.past() || drift > window.future() || !matches(entered, step)) {
                continue;
            }
            if (step > afterStep) {
                return new Verification.Matched(step, drift);
            }
            otherwise = new Verification.Replayed(step);
        }
        return otherwise;
    }

    /** The order of the search: 0, -1, 1, -2, 2, … */
    private static int outward(int i) {
        return i % 2 == 0 ? i / 2 : -(i + 1) / 2;
    }

    private boolean matches(int entered, long step) {
        return Digits.lastOf(hmac.truncated(step), profile.digits()) == entered;
    }

    @Override
    public String toString() {
        return "Totp[" + profile + ", redacted]";
    }
}
