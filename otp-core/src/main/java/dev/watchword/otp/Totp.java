package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.security.Provider;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Time-based one-time passwords (RFC 6238) of one token: a profile and a secret, ready to generate and to verify.
 *
 * <p>It keeps the secret, and from the second use on a state derived from it, so let go of it as soon as of the secret
 * itself. Immutable and safe for use by several threads. It reads no clock and remembers nothing: the instant and the last spent step are arguments.
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
     * @param secret the token's secret, which is kept: to destroy it is to end this
     * @return what generates and verifies the token's codes; once the secret is destroyed, every use of it is an
     *     {@link IllegalStateException}
     * @throws IllegalStateException if the secret was destroyed already
     */
    public static Totp of(TotpProfile profile, OtpSecret secret) {
        requireNonNull(profile, "profile");
        return new Totp(profile, KeyedHmac.of(profile.algorithm(), secret));
    }

    /**
     * Prepares a key that need not show its bytes, such as one in an HSM.
     *
     * @param profile the token's parameters
     * @param key the token's key, for the {@code Mac} of the profile's algorithm, such as {@code HmacSHA1}; if it shows its
     *     bytes, at least {@value OtpSecret#MIN_LENGTH} of them
     * @return what generates and verifies the token's codes, by the first installed provider that takes the key; it keeps
     *     the key, and fails with an {@link IllegalStateException} if none does, or with what the provider throws
     * @throws IllegalArgumentException if the key shows that it is too short
     */
    public static Totp of(TotpProfile profile, SecretKey key) {
        return new Totp(profile, KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), null));
    }

    /**
     * Prepares a key for a provider of the caller's choice.
     *
     * @param profile the token's parameters
     * @param key the token's key, for the {@code Mac} of the profile's algorithm, such as {@code HmacSHA1}; if it shows its
     *     bytes, at least {@value OtpSecret#MIN_LENGTH} of them
     * @param provider the provider of the {@code Mac}; it need not be installed
     * @return what generates and verifies the token's codes by that provider; it keeps the key, and fails with an
     *     {@link IllegalStateException} if the provider does not take it, or with what the provider throws
     * @throws IllegalArgumentException if the key shows that it is too short
     */
    public static Totp of(TotpProfile profile, SecretKey key, Provider provider) {
        return new Totp(
                profile,
                KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), requireNonNull(provider, "provider")));
    }

    /**
     * Returns the code of an instant (RFC 6238 §4).
     *
     * @param at the instant
     * @return exactly the profile's number of ASCII digits
     */
    public String generate(Instant at) {
        try (Evaluation evaluation = hmac.begin(1)) {
            return Digits.format(evaluation.truncated(profile.stepAt(at)), profile.digits());
        }
    }

    /**
     * Compares a code with those of the window around an instant, the expected step first, then outward, the two steps at one
     * distance together, of which the earlier is preferred. Only a step after the last spent one can match; steps up to it
     * are compared just to tell a replay. A right code ends the search; any other costs the whole window. No step is looked at whose drift from the step of the
     * instant is more than {@value TotpWindow#MAX_DRIFT}, so that a drift that is learned from it never walks past that.
     *
     * @param code what was entered
     * @param at the instant at which it was entered
     * @param window how far from the expected step it may lie
     * @param afterStep the last spent step, or {@link #NO_STEP}
     * @return matched, replayed, wrong or malformed; the drift of a match is counted from the step of the instant
     */
    public Verification verify(String code, Instant at, TotpWindow window, long afterStep) {
        int entered = Digits.parse(code, profile.digits());
        if (entered == Digits.MALFORMED) {
            return Verification.MALFORMED;
        }
        try (Evaluation evaluation = hmac.begin(window.past() + window.future() + 1)) {
            return search(evaluation, entered, profile.stepAt(at), window, afterStep);
        }
    }

    /** The two steps at one distance are looked at together, so a late code costs what an early one does. */
    private Verification search(Evaluation evaluation, int entered, long now, TotpWindow window, long afterStep) {
        int earliest = Math.max(window.drift() - window.past(), -TotpWindow.MAX_DRIFT);
        int latest = Math.min(window.drift() + window.future(), TotpWindow.MAX_DRIFT);
        Verification found = Verification.WRONG;
        for (int distance = 0; !(found instanceof Verification.Matched); distance++) {
            int earlier = window.drift() - distance;
            int later = window.drift() + distance;
            if (earlier < earliest && later > latest) {
                return found;
            }
            if (distance > 0 && earlier >= earliest && later <= latest) {
                long both = evaluation.truncated(now + earlier, now + later);
                found = judge((int) (both >>> Integer.SIZE), entered, now, earlier, afterStep, found);
                found = judge((int) both, entered, now, later, afterStep, found);
            } else {
                int drift = earlier >= earliest ? earlier : later;
                found = judge(evaluation.truncated(now + drift), entered, now, drift, afterStep, found);
            }
        }
        return found;
    }

    /** What is found once one more step was looked at. A match stays; of two replays the later one is told. */
    private Verification judge(int truncated, int entered, long now, int drift, long afterStep, Verification before) {
        if (Digits.lastOf(truncated, profile.digits()) != entered || before instanceof Verification.Matched) {
            return before;
        }
        long step = now + drift;
        return step > afterStep ? new Verification.Matched(step, drift) : new Verification.Replayed(step);
    }

    /**
     * Finds a token whose clock is far off (RFC 4226 §7.4), by codes of consecutive steps, of which none is spent. The
     * search always takes in the whole range; of several matches the one nearest to the instant is found. Nothing is spent
     * by it but what the caller records: the steps up to the one that is returned.
     *
     * @param codes two or three codes that the token showed one after the other, in that order
     * @param at the instant at which they were entered
     * @param range how many steps before and after the instant are searched, 1 to {@value TotpWindow#MAX_DRIFT}
     * @param afterStep the last spent step, or {@link #NO_STEP}
     * @return matched, with the step of the last code and its drift from the step of the instant; wrong, if there is no
     *     such place after the spent step; or malformed, if one of the codes is
     * @throws IllegalArgumentException if there are other than two or three codes, or the range is out of bounds
     */
    public Verification resynchronise(List<String> codes, Instant at, int range, long afterStep) {
        Run run = Run.of(codes, range, TotpWindow.MAX_DRIFT, profile.digits());
        if (run.isMalformed()) {
            return Verification.MALFORMED;
        }
        long now = profile.stepAt(at);
        Verification found = Verification.WRONG;
        long foundDistance = Long.MAX_VALUE;
        try (Evaluation evaluation = hmac.begin(2 * range + 1)) {
            for (int drift = -range; drift <= range; drift++) {
                long step = now + drift;
                boolean complete = run.endsWith(Digits.lastOf(evaluation.truncated(step), profile.digits()));
                if (complete && step - codes.size() >= afterStep && Math.abs(drift) < foundDistance) {
                    found = new Verification.Matched(step, drift);
                    foundDistance = Math.abs(drift);
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "Totp[" + profile + ", redacted]";
    }
}
