package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
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
 * @param drift by how many time steps its clock was found to be off by its maker, at most
 *     {@link TotpWindow#MAX_DRIFT} either way
 */
public record StockedFob(
        SerialNumber serial,
        TotpProfile profile,
        SealedSecret secret,
        @Nullable Instant startsAt,
        Instant expiresAt,
        int drift) {
    /**
     * Creates a fob from what a store kept.
     *
     * @throws IllegalArgumentException if it would expire before it starts, or the drift is out of range
     */
    public StockedFob {
        requireNonNull(serial, "serial");
        requireNonNull(profile, "profile");
        requireNonNull(secret, "secret");
        if (startsAt != null && !startsAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("Fob " + serial + " must expire after it starts");
        }
        if (Math.abs((long) drift) > TotpWindow.MAX_DRIFT) {
            throw new IllegalArgumentException(
                    "Fob " + serial + " has a drift of " + drift + " steps, which is beyond " + TotpWindow.MAX_DRIFT);
        }
    }
}
