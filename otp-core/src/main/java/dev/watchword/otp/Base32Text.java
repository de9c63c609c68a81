package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.util.encoders.Base32;

/**
 * Base32 text (RFC 4648 §6) of a secret. Bouncy Castle's decoder also accepts malformed text. This class therefore
 * checks the text before it calls the decoder. An error message names the broken rule and shows no part of the text.
 */
final class Base32Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int GROUP = 8;

    private Base32Text() {}

    /**
     * Decodes strict Base32. The text MUST be in upper case and padded with {@code =} to whole groups of 8 characters.
     * The unused bits of the last character MUST be zero (RFC 4648 §3.5). Any other text is an {@link
     * IllegalArgumentException}.
     */
    static byte[] decode(String text) {
        return decode(text, false);
    }

    /**
     * Decodes Base32 as people type it, in upper or lower case. Ignores spaces, hyphens, padding and the unused bits of the last
     * character, like most authenticator apps. Throws an {@link IllegalArgumentException} for any other text.
     */
    static byte[] decodeTyped(String text) {
        return decode(tidied(withoutPadding(text)), true);
    }

    private static byte[] decode(String text, boolean ignoreUnusedBits) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == '=') {
            length--;
        }
        int bytes = length * BITS / Byte.SIZE;
        int unusedBits = length * BITS - bytes * Byte.SIZE;
        if (text.length() % GROUP != 0 || text.length() - length >= GROUP || unusedBits >= BITS) {
            throw new IllegalArgumentException(
                    "Base32 must have groups of 8 characters, the last one padded with = (RFC 4648 §6)");
        }
        for (int i = 0; i < length; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                throw new IllegalArgumentException(
                        "Base32 has the characters A-Z and 2-7 only; correct the character at index " + i
                                + " (RFC 4648 §6)");
            }
        }
        if (!ignoreUnusedBits
                && length > 0
                && (ALPHABET.indexOf(text.charAt(length - 1)) & ((1 << unusedBits) - 1)) != 0) {
            throw new IllegalArgumentException(
                    "The unused bits of the last Base32 character must be zero; check the text (RFC 4648 §3.5)");
        }
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        try {
            return Base32.decode(ascii);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    /** Returns whether typed Base32 is exact: its padding is absent or correct, and its unused bits are 0. */
    static boolean isExact(String text) {
        try {
            Arrays.fill(decode(tidied(text)), (byte) 0);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Encodes bytes without padding, as {@code otpauth} URIs require. */
    static String encodeUnpadded(byte[] bytes) {
        String padded = Base32.toBase32String(bytes);
        int end = padded.indexOf('=');
        return end < 0 ? padded : padded.substring(0, end);
    }

    /** Removes padding, spaces and hyphens from the end. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && "= -".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * Converts Base32 as people type it to the form that {@link #decode} requires. Removes spaces and hyphens, and
     * converts ASCII letters to upper case. Pads the text to whole groups unless it already contains a {@code =}.
     * Leaves every other character for {@link #decode} to reject.
     */
    static String tidied(String text) {
        StringBuilder tidy = new StringBuilder(text.length() + GROUP);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '-') {
                tidy.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
            }
        }
        boolean padded = tidy.indexOf("=") >= 0;
        while (!padded && tidy.length() % GROUP != 0) {
            tidy.append('=');
        }
        return tidy.toString();
    }
}
