package dev.watchword.otp.lifecycle;

import java.security.SecureRandom;

/** Texts that a person types, drawn at random. */
final class RandomText {
    /** Without I, L, O and U, which are read as others. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int MAIL_CODE_LENGTH = 8;
    private static final int BINDING_CODE_LENGTH = 10;

    private RandomText() {}

    /** A mail code: 8 digits, more than the 20 bits that OWASP ASVS 6.5.4 asks for. */
    static String digits(SecureRandom random) {
        return draw(random, ALPHABET.substring(0, 10), MAIL_CODE_LENGTH);
    }

    /** An activation password of 50 bits, more than the 40 that NIST SP 800-63B-4 §4.1 asks for. */
    static String bindingCode(SecureRandom random) {
        return draw(random, ALPHABET, BINDING_CODE_LENGTH);
    }

    private static String draw(SecureRandom random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
