package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.security.Provider;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Counter-based one-time passwords (RFC 4226) of one token: a profile and a secret, ready to generate and to verify.
 *
 * <p>It keeps the secret, and from the second use on a state derived from it, so let go of it as soon as of the secret
 * itself. Immutable and safe for use by several threads. It remembers nothing: the counter is an argument, and the caller's to move.
 */
public final class Hotp {
    /** The greatest look-ahead. */
    public static final int MAX_LOOK_AHEAD = 100;

    /** The greatest look-ahead of a resynchronisation. */
    public static final int MAX_RESYNCHRONISATION = 10_000;

    private final HotpProfile profile;
    private final KeyedHmac hmac;

    private Hotp(HotpProfile profile, KeyedHmac hmac) {
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
    public static Hotp of(HotpProfile profile, OtpSecret secret) {
        requireNonNull(profile, "profile");
        return new Hotp(profile, KeyedHmac.of(profile.algorithm(), secret));
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
    public static Hotp of(HotpProfile profile, SecretKey key) {
        return new Hotp(profile, KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), null));
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
    public static Hotp of(HotpProfile profile, SecretKey key, Provider provider) {
        return new Hotp(
                profile,
                KeyedHmac.of(profile.algorithm(), requireNonNull(key, "key"), requireNonNull(provider, "provider")));
    }

    /**
     * Returns the code of a counter (RFC 4226 §5.3).
     *
     * @param counter the moving factor, from 0
     * @return exactly the profile's number of ASCII digits
     * @throws IllegalArgumentException if the counter is negative
     */
    public String generate(long counter) {
        requireCounter(counter);
        try (Evaluation evaluation = hmac.begin(1)) {
            return Digits.format(evaluation.truncated(counter), profile.digits());
        }
    }

    /**
     * Compares a code with that of the next counter and, looking ahead, of some after it (RFC 4226 §7.4); never of one
     * before it, since those are spent. A right code ends the search; any other costs the whole look-ahead.
     *
     * @param code what was entered
     * @param counter the next counter that is not spent, from 0; after a match, {@link Verification.Matched#step()} + 1,
     *     and after {@link Long#MAX_VALUE} none
     * @param lookAhead how many counters after it are accepted too, 0 to {@value #MAX_LOOK_AHEAD}
     * @return matched, wrong or malformed; the step of a match is its counter, the drift how far ahead it lies
     * @throws IllegalArgumentException if the counter is negative or the look-ahead out of range
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
     * Finds a token whose counter is far ahead (RFC 4226 §7.4), by codes of consecutive counters. The search always takes in
     * the whole look-ahead. Nothing is spent by it but what the caller records: the counters up to the one that is returned.
     *
     * @param codes two or three codes that the token showed one after the other, in that order
     * @param counter the next counter that is not spent, from 0
     * @param lookAhead how many counters after it are searched, 1 to {@value #MAX_RESYNCHRONISATION}
     * @return matched, with the counter of the last code; wrong, if there is no such place; or malformed, if one of the
     *     codes is
     * @throws IllegalArgumentException if there are other than two or three codes, the counter is negative, or the
     *     look-ahead out of bounds
     */
    public Verification resynchronise(List<String> codes, long counter, int lookAhead) {
        requireCounter(counter);
        Run run = Run.of(codes, lookAhead, MAX_RESYNCHRONISATION, profile.digits());
        if (run.isMalformed()) {
            return Verification.MALFORMED;
        }
        Verification found = Verification.WRONG;
        int reach = (int) Math.min(lookAhead, Long.MAX_VALUE - counter);
        try (Evaluation evaluation = hmac.begin(reach + 1)) {
            for (int ahead = 0; ahead <= reach; ahead++) {
                boolean complete = run.endsWith(Digits.lastOf(evaluation.truncated(counter + ahead), profile.digits()));
                if (complete && found == Verification.WRONG) {
                    found = new Verification.Matched(counter + ahead, ahead);
                }
            }
        }
        return found;
    }

    private static void requireCounter(long counter) {
        if (counter < 0) {
            throw new IllegalArgumentException("counter must not be negative, but is " + counter);
        }
    }

    @Override
    public String toString() {
        return "Hotp[" + profile + ", redacted]";
    }
}
