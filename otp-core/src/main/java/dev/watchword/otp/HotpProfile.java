package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

/**
 * The parameters of an HOTP token (RFC 4226 §5), which both sides must share.
 *
 * @param algorithm the hash function; RFC 4226 itself knows SHA-1 only
 * @param digits the length of a code, 6 to 9
 */
public record HotpProfile(HmacAlgorithm algorithm, int digits) implements OtpProfile {
    /** What the fobs of most makers show: SHA-1, 6 digits. */
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
