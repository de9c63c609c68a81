package dev.watchword.otp.lifecycle.internal;

import java.security.SecureRandom;

/** Random texts that a person types. */
public final class RandomText {
    /** Crockford's Base32: without I, L, O and U, which look like other characters. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int MAIL_CODE_LENGTH = 8;
    private static final int BINDING_CODE_LENGTH = 10;
    private static final int HEX_LENGTH = 32;

    private RandomText() {}

    /** Draws a mail code: 8 digits, more than the 20 bits of OWASP ASVS 6.5.4. */
    public static String digits(SecureRandom random) {
        return draw(random, ALPHABET.substring(0, 10), MAIL_CODE_LENGTH);
    }

    /** Returns whether a text has the form of a mail code. */
    public static boolean isMailCode(String text) {
        return Require.isDigits(text, MAIL_CODE_LENGTH, MAIL_CODE_LENGTH);
    }

    /** Draws an activation password of 50 bits, more than the 40 bits of NIST SP 800-63B-4 §4.1. */
    public static String bindingCode(SecureRandom random) {
        return draw(random, ALPHABET, BINDING_CODE_LENGTH);
    }

    /** Draws 128 bits: 32 hexadecimal digits in lower case. */
    public static String hex(SecureRandom random) {
        return draw(random, "0123456789abcdef", HEX_LENGTH);
    }

    private static String draw(SecureRandom random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
