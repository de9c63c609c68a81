package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.security.Provider;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Counter-based one-time passwords (HOTP, RFC 4226) of one token. Generates and verifies codes for a profile and a
 * secret or key.
 *
 * <p>This object keeps the secret. From the second use on, it also keeps state that is derived from the secret. Release
 * it together with the secret.
 *
 * <p>Immutable and safe for use by several threads. It does not record which counters are spent. The caller passes the
 * counter, and MUST advance it after a match.
 */
public final class Hotp {
    /** The largest look-ahead of {@link #verify}, in counters. */
    public static final int MAX_LOOK_AHEAD = 100;

    /** The largest look-ahead of {@link #resynchronise}, in counters. */
    public static final int MAX_RESYNCHRONISATION = 10_000;

    /** The number of spent counters in which {@link #resynchronise} recognises a replay. */
    public static final int RESYNCHRONISATION_LOOK_BACK = 10;

    private final HotpProfile profile;
    private final KeyedHmac hmac;

    private Hotp(HotpProfile profile, KeyedHmac hmac) {
        this.profile = profile;
        this.hmac = hmac;
    }

    /**
     * Creates an instance from a token's secret.
     *
     * @param profile the token's parameters
     * @param secret the token's secret. The instance keeps a reference to it and makes no copy. Destroying it makes the instance unusable
     * @return the instance. After the secret is destroyed, every computation of a code throws an {@link
     *     IllegalStateException}
     * @throws IllegalStateException if the secret is already destroyed
     */
    public static Hotp of(HotpProfile profile, OtpSecret secret) {
        requireNonNull(profile, "profile");
        return new Hotp(profile, KeyedHmac.of(profile.algorithm(), secret));
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
    public static Hotp of(HotpProfile profile, SecretKey key) {
        return new Hotp(profile, KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), null));
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
    public static Hotp of(HotpProfile profile, SecretKey key, Provider provider) {
        return new Hotp(
                profile,
                KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), requireNonNull(provider, "provider")));
    }

    /**
     * Generates the code of a counter (RFC 4226 §5.3).
     *
     * @param counter the moving factor, 0 or greater
     * @return the code, exactly as many ASCII digits as the profile says
     * @throws IllegalArgumentException if the counter is negative
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public String generate(long counter) {
        requireCounter(counter);
        try (Evaluation evaluation = hmac.begin(1)) {
            return Digits.format(evaluation.truncated(counter), profile.digits());
        }
    }

    /**
     * Verifies a code against the next counter and the counters of the look-ahead (RFC 4226 §7.4). Earlier counters are
     * spent and never match. The search ends at the first match, or at {@link Long#MAX_VALUE}. A wrong code costs the
     * whole look-ahead.
     *
     * @param code the text that was entered
     * @param counter the next counter that is not spent, 0 or greater. After a match it is {@link
     *     Verification.Matched#step()} + 1. A token that has matched at {@link Long#MAX_VALUE} has no next counter
     * @param lookAhead the number of later counters that are accepted too, 0 to {@value #MAX_LOOK_AHEAD}
     * @return matched, wrong or malformed. The step of a match is its counter. The drift of a match is the distance
     *     from {@code counter}
     * @throws IllegalArgumentException if the counter is negative or the look-ahead is out of range
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public Verification verify(String code, long counter, int lookAhead) {
        requireCounter(counter);
        if (lookAhead < 0 || lookAhead > MAX_LOOK_AHEAD) {
            throw new IllegalArgumentException("lookAhead must be 0 to " + MAX_LOOK_AHEAD + ", not " + lookAhead);
        }
        int entered = Digits.parse(code, profile.digits());
        if (entered == Digits.MALFORMED) {
            return Verification.MALFORMED;
        }
        int reach = (int) Math.min(lookAhead, Long.MAX_VALUE - counter);
        try (Evaluation evaluation = hmac.begin(reach + 1)) {
            for (int ahead = 0; ahead <= reach; ahead++) {
                if (Digits.lastOf(evaluation.truncated(counter + ahead), profile.digits()) == entered) {
                    return new Verification.Matched(counter + ahead, ahead);
                }
            }
        }
        return Verification.WRONG;
    }

    /**
     * Finds a token whose counter is far ahead, from codes of consecutive counters (RFC 4226 §7.4). Always searches the
     * whole look-ahead. If the codes match at several places, the lowest counter wins.
     *
     * <p>Only counters from {@code counter} on can match. The search also looks at the {@value
     * #RESYNCHRONISATION_LOOK_BACK} counters before, not below 0, to recognise a replay. It always computes {@code
     * lookAhead + 1 + }{@value #RESYNCHRONISATION_LOOK_BACK} HMACs.
     *
     * <p>This method records nothing. After a match the caller MUST record all counters up to the returned one as
     * spent.
     *
     * @param codes two or three codes, in the order in which the token showed them
     * @param counter the next counter that is not spent, 0 or greater
     * @param lookAhead the number of later counters to search, 1 to {@value #MAX_RESYNCHRONISATION}
     * @return matched, with the counter of the last code; replayed, with the last spent counter among the codes, if the
     *     codes are in a row and the counter of at least one of them is spent; wrong, if the search does not find the
     *     codes in a row; or malformed, if one of the codes is malformed
     * @throws IllegalArgumentException if there are fewer than two or more than three codes, the counter is negative,
     *     or the look-ahead is out of range
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public Verification resynchronise(List<String> codes, long counter, int lookAhead) {
        requireCounter(counter);
        CodeSequence sequence = CodeSequence.of(codes, lookAhead, MAX_RESYNCHRONISATION, profile.digits());
        if (sequence.isMalformed()) {
            return Verification.MALFORMED;
        }
        Verification fresh = Verification.WRONG;
        Verification spent = Verification.WRONG;
        int evaluations = RESYNCHRONISATION_LOOK_BACK + lookAhead + 1;
        int back = (int) Math.min(RESYNCHRONISATION_LOOK_BACK, counter);
        int reach = (int) Math.min(lookAhead, Long.MAX_VALUE - counter);
        try (Evaluation evaluation = hmac.begin(evaluations)) {
            // Near the smallest and the largest counter, the last rounds are out of range. They only keep the cost
            // constant.
            for (int ahead = -back; ahead < evaluations - back; ahead++) {
                long last = counter + ahead;
                boolean complete = sequence.completesWith(Digits.lastOf(evaluation.truncated(last), profile.digits()));
                if (!complete || ahead > reach) {
                    continue;
                }
                if (ahead < codes.size() - 1) {
                    spent = new Verification.Replayed(Math.min(last, counter - 1));
                } else if (fresh == Verification.WRONG) {
                    fresh = new Verification.Matched(last, ahead);
                }
            }
        }
        return fresh instanceof Verification.Matched ? fresh : spent;
    }

    private static void requireCounter(long counter) {
        if (counter < 0) {
            throw new IllegalArgumentException("counter must be 0 or greater, not " + counter);
        }
    }

    @Override
    public String toString() {
        return "Hotp[" + profile + ", redacted]";
    }
}
