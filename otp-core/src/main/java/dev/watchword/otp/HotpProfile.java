package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

/**
 * The parameters of an HOTP token (RFC 4226 §5). The token and its verifier MUST use the same parameters. Immutable.
 *
 * @param algorithm the hash function. RFC 4226 defines SHA-1 only
 * @param digits the number of digits of a code, 6 to 9
 */
public record HotpProfile(HmacAlgorithm algorithm, int digits) implements OtpProfile {
    /** The parameters of most hardware tokens: SHA-1 and 6 digits. */
    public static final HotpProfile STANDARD = new HotpProfile(HmacAlgorithm.SHA1, 6);

    /**
     * Creates a profile.
     *
     * @throws IllegalArgumentException if the number of digits is out of range
     */
    public HotpProfile {
        requireNonNull(algorithm, "algorithm");
        Digits.requireCount(digits);
    }
}
