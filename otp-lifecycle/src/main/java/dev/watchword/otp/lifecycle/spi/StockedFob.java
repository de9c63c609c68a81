package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fob in the institution's stock. Immutable.
 *
 * @param serial the number on its back
 * @param profile the parameters of its codes
 * @param secret its sealed secret
 * @param startsAt the first instant at which it may be used; {@code null} if its maker set none
 * @param expiresAt the first instant at which it is not to be used any more
 * @param codes where its codes begin: for one that counts time by how many time steps its clock was found to be off by its
 *     maker, for one that counts events its counter
 */
public record StockedFob(
        SerialNumber serial,
        OtpProfile profile,
        SealedSecret secret,
        @Nullable Instant startsAt,
        Instant expiresAt,
        CodeState codes) {
    /**
     * Creates a fob from what a store kept.
     *
     * @throws IllegalArgumentException if it would expire before it starts, or if its profile has no such codes
     */
    public StockedFob {
        requireNonNull(serial, "serial");
        requireNonNull(profile, "profile");
        requireNonNull(secret, "secret");
        if (startsAt != null && !startsAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("Fob " + serial + " must expire after it starts");
        }
        codes.requireFits(profile);
    }
}
