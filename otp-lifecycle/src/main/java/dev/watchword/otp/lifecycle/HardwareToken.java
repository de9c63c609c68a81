package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import java.time.Instant;

/**
 * A key fob as its maker describes it.
 *
 * @param serial the number on its back
 * @param secret its secret; the caller still owns it and destroys it after use
 * @param profile the parameters of its codes
 * @param expiresAt the first instant at which it is not to be used any more
 */
public record HardwareToken(SerialNumber serial, OtpSecret secret, TotpProfile profile, Instant expiresAt) {
    /** Creates the description of a fob. */
    public HardwareToken {
        requireNonNull(serial, "serial");
        requireNonNull(secret, "secret");
        requireNonNull(profile, "profile");
        requireNonNull(expiresAt, "expiresAt");
    }
}
