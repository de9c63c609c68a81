package dev.watchword.otp;

import java.security.Provider;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC (RFC 2104) under one key. Safe for use by several threads. Each thread MUST begin a separate evaluation. */
abstract sealed class KeyedHmac permits DigestHmac, MacHmac {

    /** Creates the HMAC of a secret with the platform's hash function. */
    static KeyedHmac of(HmacAlgorithm algorithm, OtpSecret secret) {
        return of(algorithm, secret.requireNotDestroyed(), HashFunction.of(algorithm));
    }

    /**
     * Creates the HMAC of a secret with a hash function. Uses the {@code Mac} if the hash function is {@code null},
     * because the platform's digests cannot be copied.
     */
    static KeyedHmac of(HmacAlgorithm algorithm, OtpSecret secret, @Nullable HashFunction hash) {
        return hash != null
                ? new DigestHmac(hash, secret)
                : new MacHmac(algorithm, () -> keyOf(secret, algorithm), null);
    }

    /**
     * Creates the HMAC of a key that need not reveal its bytes. Always uses the {@code Mac}: of the given provider, or
     * of the first installed provider that accepts the key.
     */
    static KeyedHmac of(HmacAlgorithm algorithm, SecretKey key, @Nullable Provider provider) {
        requireStrength(key);
        return new MacHmac(algorithm, () -> key, provider);
    }

    /**
     * Rejects a key that reveals fewer than {@link OtpSecret#MIN_LENGTH} bytes. Accepts every key that hides its bytes.
     */
    private static void requireStrength(SecretKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded != null) {
            Arrays.fill(encoded, (byte) 0);
            if (encoded.length < OtpSecret.MIN_LENGTH) {
                throw new IllegalArgumentException("A key must have at least " + OtpSecret.MIN_LENGTH
                        + " bytes (RFC 4226 §4, R6); pass a shorter one that is in use as a weak legacy OtpSecret");
            }
        }
    }

    private static SecretKey keyOf(OtpSecret secret, HmacAlgorithm algorithm) {
        SecretKey key = new SecretKeySpec(secret.bytes(), algorithm.macName());
        secret.requireNotDestroyedMeanwhile();
        return key;
    }

    /**
     * Begins an evaluation of moving factors. The caller MUST close it. The number of evaluations is a hint: more
     * evaluations give correct results, but more slowly.
     */
    abstract Evaluation begin(int evaluations);
}
