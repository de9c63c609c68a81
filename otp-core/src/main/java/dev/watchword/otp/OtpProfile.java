package dev.watchword.otp;

/**
 * The parameters of a token's codes: a {@link TotpProfile} or a {@link HotpProfile}. The token and its verifier MUST
 * use the same parameters. Immutable.
 */
public sealed interface OtpProfile permits TotpProfile, HotpProfile {
    /**
     * Returns the hash function of the HMAC.
     *
     * @return the hash function
     */
    HmacAlgorithm algorithm();

    /**
     * Returns the number of digits of a code.
     *
     * @return 6 to 9
     */
    int digits();

    /**
     * Returns whether a text has the form of a code of this profile: exactly {@link #digits()} ASCII digits. Does not
     * use the secret.
     *
     * @param text any text
     * @return whether the text has this form; verification calls any other text malformed
     */
    default boolean isCode(String text) {
        return Digits.parse(text, digits()) != Digits.MALFORMED;
    }
}
