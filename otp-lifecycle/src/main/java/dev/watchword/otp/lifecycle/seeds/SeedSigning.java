package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;

/**
 * The key with which a hardware token signs transactions (OCRA, RFC 6287), as its seed file describes it. Immutable except
 * for the secret, which the owner of the {@link Seed} MUST destroy after use.
 *
 * @param suite the suite of its responses; it has no PIN and no session information, because Watchword stores neither
 * @param secret the secret of the key; it can be equal to the secret of the token's codes
 * @param counter the counter of its next response, from 0; 0 for a suite without a counter
 */
public record SeedSigning(OcraSuite suite, OtpSecret secret, long counter) {
    /**
     * Creates the key.
     *
     * @throws IllegalArgumentException if the suite is not {@linkplain SigningKey#isUsable usable}, or if the counter is negative or
     *     the suite has none
     */
    public SeedSigning {
        requireNonNull(suite, "suite");
        requireNonNull(secret, "secret");
        SigningKey.requireUsable(suite);
        if (counter < 0 || (counter > 0 && !suite.hasCounter())) {
            throw new IllegalArgumentException("counter must be 0 or more, and 0 for a suite without a counter");
        }
    }

    /** {@return the suite and the counter, without the secret} */
    @Override
    public String toString() {
        return "SeedSigning[suite=" + suite + ", counter=" + counter + "]";
    }
}
