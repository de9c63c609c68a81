package dev.watchword.otp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The characters of an OCRA challenge (RFC 6287 §6.3). */
public enum OcraChallengeFormat {
    /** Digits. A device with a numeric keypad needs this format. The suite has {@code QN}. */
    NUMERIC('N', "0123456789"),
    /** Letters of either case and digits. The case counts. The suite has {@code QA}. */
    ALPHANUMERIC('A', "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    /** Hexadecimal digits. The case does not count. The suite has {@code QH}. */
    HEXADECIMAL('H', "0123456789abcdefABCDEF");

    private final char letter;
    private final String characters;

    OcraChallengeFormat(char letter, String characters) {
        this.letter = letter;
        this.characters = characters;
    }

    /** Returns the letter of this format in a suite: N, A or H. */
    char letter() {
        return letter;
    }

    /** Returns whether a text has 1 to {@code max} characters, all of this format. */
    boolean accepts(String challenge, int max) {
        return !challenge.isEmpty()
                && challenge.length() <= max
                && challenge.chars().allMatch(c -> characters.indexOf(c) >= 0);
    }

    /**
     * Returns the bytes of a challenge, without the padding. The reference implementation of RFC 6287 converts a decimal
     * number to hexadecimal digits. It writes these digits, and the digits of a hexadecimal challenge, from the first
     * half byte on.
     */
    byte[] bytes(String challenge) {
        return switch (this) {
            case NUMERIC -> fromHex(new BigInteger(challenge).toString(16));
            case ALPHANUMERIC -> challenge.getBytes(StandardCharsets.US_ASCII);
            case HEXADECIMAL -> fromHex(challenge);
        };
    }

    private static byte[] fromHex(String digits) {
        return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : digits + "0");
    }

    /**
     * Returns a random challenge of full length. A numeric one does not begin with 0. Two different challenges of this
     * method therefore never have the same bytes.
     */
    String random(int length, SecureRandom random) {
        int distinct = this == HEXADECIMAL ? 16 : characters.length();
        StringBuilder challenge = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int smallest = this == NUMERIC && i == 0 ? 1 : 0;
            challenge.append(characters.charAt(smallest + random.nextInt(distinct - smallest)));
        }
        return challenge.toString();
    }
}
