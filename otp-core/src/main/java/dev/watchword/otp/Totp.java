package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.security.Provider;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Time-based one-time passwords (TOTP, RFC 6238) of one token. Generates and verifies codes for a profile and a secret
 * or key.
 *
 * <p>This object keeps the secret. From the second use on, it also keeps state that is derived from the secret. Release
 * it together with the secret.
 *
 * <p>Immutable and safe for use by several threads. It reads no clock and does not record which time steps are spent.
 * The caller passes the instant and the last spent step, and MUST record the step of a match.
 */
public final class Totp {
    /** The value of {@code afterStep} for a token that has no spent step. Every step is later. */
    public static final long NO_STEP = Long.MIN_VALUE;

    private final TotpProfile profile;
    private final KeyedHmac hmac;

    private Totp(TotpProfile profile, KeyedHmac hmac) {
        this.profile = profile;
        this.hmac = hmac;
    }

    /**
     * Creates an instance from a token's secret.
     *
     * @param profile the token's parameters
     * @param secret the token's secret. It is kept, not copied. Destroying it makes the instance unusable
     * @return the instance. After the secret is destroyed, every computation of a code throws an {@link
     *     IllegalStateException}
     * @throws IllegalStateException if the secret is already destroyed
     */
    public static Totp of(TotpProfile profile, OtpSecret secret) {
        requireNonNull(profile, "profile");
        return new Totp(profile, KeyedHmac.of(profile.algorithm(), secret));
    }

    /**
     * Creates an instance from a token's key that need not reveal its bytes, such as a key in an HSM. The first
     * installed provider that accepts the key computes the codes.
     *
     * @param profile the token's parameters
     * @param key the token's key for the {@code Mac} of the profile's algorithm, such as {@code HmacSHA1}. It is kept.
     *     If it reveals its bytes, it MUST have at least {@value OtpSecret#MIN_LENGTH} of them
     * @return the instance. Computing a code throws an {@link IllegalStateException} if no provider accepts the key,
     *     and passes on any exception of the provider
     * @throws IllegalArgumentException if the key reveals its bytes and is too short
     */
    public static Totp of(TotpProfile profile, SecretKey key) {
        return new Totp(profile, KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), null));
    }

    /**
     * Creates an instance from a token's key and the provider that computes with it.
     *
     * @param profile the token's parameters
     * @param key the token's key for the {@code Mac} of the profile's algorithm, such as {@code HmacSHA1}. It is kept.
     *     If it reveals its bytes, it MUST have at least {@value OtpSecret#MIN_LENGTH} of them
     * @param provider the provider of the {@code Mac}. It need not be installed
     * @return the instance. Computing a code throws an {@link IllegalStateException} if the provider does not accept
     *     the key, and passes on any exception of the provider
     * @throws IllegalArgumentException if the key reveals its bytes and is too short
     */
    public static Totp of(TotpProfile profile, SecretKey key, Provider provider) {
        return new Totp(
                profile,
                KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), requireNonNull(provider, "provider")));
    }

    /**
     * Generates the code of an instant (RFC 6238 §4).
     *
     * @param at the instant
     * @return the code, exactly as many ASCII digits as the profile says
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public String generate(Instant at) {
        try (Evaluation evaluation = hmac.begin(1)) {
            return Digits.format(evaluation.truncated(profile.stepAt(at)), profile.digits());
        }
    }

    /**
     * Verifies a code against the time steps of a window (RFC 6238 §5.2). A window with a drift has two parts: the steps
     * around the step that the token's clock is expected to show, and the steps around the step of the instant. A token
     * whose clock is right is therefore accepted with any learned drift. Without a drift, the two parts are equal.
     *
     * <p>The search starts at the expected step and moves outward. It looks at the two steps of each distance together.
     * If both have the code, the earlier one matches. Then the search looks at the remaining steps around the step of
     * the instant, two at a time, from the earliest to the latest.
     *
     * <p>Only a step after {@code afterStep} can match. The search looks at earlier steps only to recognise a replay.
     * It ends at the first match. For a wrong code, it computes {@link TotpWindow#steps()} HMACs.
     *
     * <p>The search looks at no step that is more than {@value TotpWindow#MAX_DRIFT} steps from the step of the
     * instant. A drift that is learned from a match therefore never exceeds this bound.
     *
     * @param code the text that was entered
     * @param at the instant at which the code was entered
     * @param window the steps that are accepted, relative to the step of the instant
     * @param afterStep the last spent step, or {@link #NO_STEP}
     * @return matched, replayed, wrong or malformed. The drift of a match counts from the step of the instant
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public Verification verify(String code, Instant at, TotpWindow window, long afterStep) {
        int entered = Digits.parse(code, profile.digits());
        if (entered == Digits.MALFORMED) {
            return Verification.MALFORMED;
        }
        try (Evaluation evaluation = hmac.begin(window.steps())) {
            long now = profile.stepAt(at);
            Verification found = searchAroundDrift(evaluation, entered, now, window, afterStep);
            return window.drift() == 0 || found instanceof Verification.Matched
                    ? found
                    : searchRemaining(evaluation, entered, now, window, afterStep, found);
        }
    }

    /** Looks at the two steps of each distance together, so that a late code costs as much as an early one. */
    private Verification searchAroundDrift(
            Evaluation evaluation, int entered, long now, TotpWindow window, long afterStep) {
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
                found = judgePair(evaluation, entered, now, earlier, later, afterStep, found);
            } else {
                int drift = earlier >= earliest ? earlier : later;
                found = judge(evaluation.truncated(now + drift), entered, now, drift, afterStep, found);
            }
        }
        return found;
    }

    /** Compares the remaining steps: those around the step of the instant, except those around the drifted step. */
    private Verification searchRemaining(
            Evaluation evaluation, int entered, long now, TotpWindow window, long afterStep, Verification before) {
        Verification found = before;
        int left = window.remainingSteps();
        int next = window.firstRemaining();
        for (; left > 1 && !(found instanceof Verification.Matched); left -= 2) {
            found = judgePair(evaluation, entered, now, next, next + 1, afterStep, found);
            next += 2;
        }
        return left == 1 && !(found instanceof Verification.Matched)
                ? judge(evaluation.truncated(now + next), entered, now, next, afterStep, found)
                : found;
    }

    private Verification judgePair(
            Evaluation evaluation, int entered, long now, int earlier, int later, long afterStep, Verification before) {
        long both = evaluation.truncatedPair(now + earlier, now + later);
        Verification found = judge((int) (both >>> Integer.SIZE), entered, now, earlier, afterStep, before);
        return judge((int) both, entered, now, later, afterStep, found);
    }

    /**
     * Returns the result of the search after one more step. A match is final. Of two replays, the one that is found
     * later in the search is returned.
     */
    private Verification judge(int truncated, int entered, long now, int drift, long afterStep, Verification before) {
        if (Digits.lastOf(truncated, profile.digits()) != entered || before instanceof Verification.Matched) {
            return before;
        }
        long step = now + drift;
        return step > afterStep ? new Verification.Matched(step, drift) : new Verification.Replayed(step);
    }

    /**
     * Finds a token whose clock is far off, from codes of consecutive time steps (RFC 4226 §7.4). All codes MUST belong
     * to steps after {@code afterStep}. Always searches the whole range, and always computes one HMAC for each of its
     * steps. If the codes match at several places, the place nearest to the instant wins. A place without a spent step
     * wins over a place with one.
     *
     * <p>This method records nothing. After a match the caller MUST record all steps up to the returned one as spent.
     *
     * @param codes two or three codes, in the order in which the token showed them
     * @param at the instant at which the codes were entered
     * @param range the number of steps to search before and after the instant, 1 to {@value TotpWindow#MAX_DRIFT}
     * @param afterStep the last spent step, or {@link #NO_STEP}
     * @return matched, with the step of the last code and its drift from the step of the instant; replayed, with the
     *     last spent step among the codes, if the codes are in a row and the step of at least one of them is spent;
     *     wrong, if the range does not contain the codes in a row; or malformed, if one of the codes is malformed
     * @throws IllegalArgumentException if there are fewer than two or more than three codes, or the range is out of
     *     bounds
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public Verification resynchronise(List<String> codes, Instant at, int range, long afterStep) {
        CodeSequence sequence = CodeSequence.of(codes, range, TotpWindow.MAX_DRIFT, profile.digits());
        if (sequence.isMalformed()) {
            return Verification.MALFORMED;
        }
        long now = profile.stepAt(at);
        Verification fresh = Verification.WRONG;
        Verification spent = Verification.WRONG;
        long freshDistance = Long.MAX_VALUE;
        long spentDistance = Long.MAX_VALUE;
        try (Evaluation evaluation = hmac.begin(2 * range + 1)) {
            for (int drift = -range; drift <= range; drift++) {
                long step = now + drift;
                if (!sequence.completesWith(Digits.lastOf(evaluation.truncated(step), profile.digits()))) {
                    continue;
                }
                int distance = Math.abs(drift);
                if (step - codes.size() >= afterStep) {
                    if (distance < freshDistance) {
                        fresh = new Verification.Matched(step, drift);
                        freshDistance = distance;
                    }
                } else if (distance < spentDistance) {
                    spent = new Verification.Replayed(Math.min(step, afterStep));
                    spentDistance = distance;
                }
            }
        }
        return fresh instanceof Verification.Matched ? fresh : spent;
    }

    @Override
    public String toString() {
        return "Totp[" + profile + ", redacted]";
    }
}
