package dev.watchword.otp;

import java.security.Provider;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC (RFC 2104) under one key. Safe for use by several threads, each with an evaluation of its own. */
abstract sealed class KeyedHmac permits DigestHmac, MacHmac {

    /** Prepares a secret, by the platform's hash function. */
    static KeyedHmac of(HmacAlgorithm algorithm, OtpSecret secret) {
        return of(algorithm, secret.requireUsable(), HashFunction.of(algorithm));
    }

    /** Prepares a secret: by a hash function, or by the {@code Mac} where there is none whose digests can be copied. */
    static KeyedHmac of(HmacAlgorithm algorithm, OtpSecret secret, @Nullable HashFunction hash) {
        return hash != null
                ? new DigestHmac(hash, secret)
                : new MacHmac(algorithm, () -> keyOf(secret, algorithm), null);
    }

    /** Prepares a key that may not show its bytes: always by {@code Mac}, of the provider given or of the first able one. */
    static KeyedHmac of(HmacAlgorithm algorithm, SecretKey key, @Nullable Provider provider) {
        requireStrength(key);
        return new MacHmac(algorithm, () -> key, provider);
    }

    private static void requireStrength(SecretKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded != null) {
            Arrays.fill(encoded, (byte) 0);
            if (encoded.length < OtpSecret.MIN_LENGTH) {
                throw new IllegalArgumentException("A key has at least " + OtpSecret.MIN_LENGTH
                        + " bytes (RFC 4226 §4, R6); make an OtpSecret of a shorter one that is in use already");
            }
        }
    }

    private static SecretKey keyOf(OtpSecret secret, HmacAlgorithm algorithm) {
        SecretKey key = new SecretKeySpec(secret.bytes(), algorithm.macName());
        secret.requireUnchanged();
        return key;
    }

    /** Begins to evaluate moving factors, at most so many as a rule: for more it is as right, but not as fast. */
    abstract Evaluation begin(int evaluations);
}
