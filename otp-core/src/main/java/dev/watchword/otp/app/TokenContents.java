package dev.watchword.otp.app;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import java.time.Instant;
import java.util.Arrays;

/**
 * The contents of a software token, which an app receives when it is provisioned. Immutable, except that the secret can
 * be destroyed. {@code toString} shows no secret.
 *
 * @param secret the token's secret, at least {@value OtpSecret#MIN_LENGTH} bytes
 * @param profile the parameters of the token's codes
 * @param serial the token's serial number, 8 to 12 ASCII digits
 * @param institution the institution's name as the app displays it, 1 to {@value #MAX_INSTITUTION_LENGTH} characters
 * @param serviceId the institution's service ID, 8 ASCII digits
 * @param userId the holder's user ID at the institution, 12 ASCII digits
 * @param start the instant of provisioning, in the years 1 to 9999
 * @param expiry the first instant at which the token shows no code, after {@code start} and in the years 1 to 9999
 */
public record TokenContents(
        OtpSecret secret,
        TotpProfile profile,
        String serial,
        String institution,
        String serviceId,
        String userId,
        Instant start,
        Instant expiry) {
    /** The maximum length of an institution's name, in {@code char}s. */
    public static final int MAX_INSTITUTION_LENGTH = 100;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if a value is out of range. The message names the value
     * @throws IllegalStateException if the secret is destroyed
     */
    public TokenContents {
        requireLength(secret);
        Require.instant(profile.t0(), "t0");
        Require.digits(serial, "serial number", 8, 12);
        Require.text(institution, "institution", MAX_INSTITUTION_LENGTH);
        Owner.requireIds(serviceId, userId);
        Require.instant(start, "start");
        if (!Require.instant(expiry, "expiry").isAfter(start)) {
            throw new IllegalArgumentException("expiry must be after start");
        }
    }

    private static void requireLength(OtpSecret secret) {
        byte[] bytes = secret.exposeBytes();
        Arrays.fill(bytes, (byte) 0);
        if (bytes.length < OtpSecret.MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "The secret of an app's token must have at least " + OtpSecret.MIN_LENGTH + " bytes");
        }
    }

    Owner owner() {
        return new Owner(serviceId, userId);
    }
}
