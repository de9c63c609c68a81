package dev.watchword.otp;

import java.security.Provider;
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
                : new MacHmac(algorithm, () -> new SecretKeySpec(secret.bytes(), algorithm.macName()), null);
    }

    /** Prepares a key that may not show its bytes: always by {@code Mac}, of the provider given or of the first able one. */
    static KeyedHmac of(HmacAlgorithm algorithm, SecretKey key, @Nullable Provider provider) {
        return new MacHmac(algorithm, () -> key, provider);
    }

    /** Begins to evaluate moving factors, at most so many as a rule: for more it is as right, but not as fast. */
    abstract Evaluation begin(int evaluations);
}
