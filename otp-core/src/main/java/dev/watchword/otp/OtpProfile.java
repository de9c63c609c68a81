package dev.watchword.otp;

/** The parameters of a token's codes, which both sides must share: of one that counts time, or of one that counts events. */
public sealed interface OtpProfile permits TotpProfile, HotpProfile {
    /**
     * Returns the hash function.
     *
     * @return the algorithm of the HMAC
     */
    HmacAlgorithm algorithm();

    /**
     * Returns the length of a code.
     *
     * @return 6 to 9
     */
    int digits();

    /**
     * Tells whether a text is a code of this profile at all: exactly {@link #digits()} ASCII digits.
     *
     * @param text any text
     * @return whether it is worth comparing
     */
    default boolean isCode(String text) {
        return Digits.parse(text, digits()) != Digits.MALFORMED;
    }
}
