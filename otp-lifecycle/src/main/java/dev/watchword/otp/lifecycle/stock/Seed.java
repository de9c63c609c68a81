package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key fob as a seed file describes it. Immutable, but for the secret, which whoever holds the seed destroys after use.
 *
 * @param serial the number on its back
 * @param secret its secret
 * @param profile what its codes are made from
 * @param startsAt the first instant at which it may be used, the later of the device's and the key's; {@code null} if
 *     the file sets none
 * @param expiresAt the instant from which on it is not to be used any more, the earlier of the device's and the key's;
 *     {@code null} if the file sets none
 * @param labels what else the file says of it; each text 1 to {@value SeedLabel#MAX_LENGTH} characters, without white
 *     space at its ends, control characters, lone surrogates or noncharacters
 */
public record Seed(
        SerialNumber serial,
        OtpSecret secret,
        SeedProfile profile,
        @Nullable Instant startsAt,
        @Nullable Instant expiresAt,
        Map<SeedLabel, String> labels) {
    /**
     * Creates a seed.
     *
     * @throws IllegalArgumentException if it would expire before it starts, or a label is not such a text
     */
    public Seed {
        requireNonNull(serial, "serial");
        requireNonNull(secret, "secret");
        requireNonNull(profile, "profile");
        if (startsAt != null && expiresAt != null && !startsAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("expiresAt must be after startsAt");
        }
        Map<SeedLabel, String> copy = new EnumMap<>(SeedLabel.class);
        copy.putAll(labels);
        copy.forEach((label, text) -> {
            if (!SeedLabel.isLabel(text)) {
                throw new IllegalArgumentException("The label " + label + " must have 1 to " + SeedLabel.MAX_LENGTH
                        + " characters, without white space at its ends, control characters or lone surrogates");
            }
        });
        labels = Collections.unmodifiableMap(copy);
    }

    /**
     * Tells which fob it is, and nothing of its secret or its user.
     *
     * @return the serial number and the profile
     */
    @Override
    public String toString() {
        return "Seed[" + serial + ", " + profile + "]";
    }
}
