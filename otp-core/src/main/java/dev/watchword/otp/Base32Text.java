package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.util.encoders.Base32;

/** Base32 (RFC 4648 §6) as secrets are written in it. The decoder is lenient, so the strict checks stand before it. */
final class Base32Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int GROUP = 8;

    private Base32Text() {}

    /** Decodes upper-case text that is padded to whole groups, and whose unused bits are zero. */
    static byte[] decode(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == '=') {
            length--;
        }
        int bytes = length * BITS / Byte.SIZE;
        int unusedBits = length * BITS - bytes * Byte.SIZE;
        if (text.length() % GROUP != 0 || text.length() - length >= GROUP || unusedBits >= BITS) {
            throw new IllegalArgumentException("Base32 comes in groups of 8 characters, padded with = (RFC 4648 §6)");
        }
        for (int i = 0; i < length; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                throw new IllegalArgumentException(
                        "Base32 has the characters A-Z and 2-7, and another stands at index " + i + " (RFC 4648 §6)");
            }
        }
        if (length > 0 && (ALPHABET.indexOf(text.charAt(length - 1)) & ((1 << unusedBits) - 1)) != 0) {
            throw new IllegalArgumentException(
                    "The last character of Base32 has bits set that no byte holds (RFC 4648 §3.5)");
        }
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        try {
            return Base32.decode(ascii);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    /** Encodes without padding, as {@code otpauth} URIs have it. */
    static String encodeUnpadded(byte[] bytes) {
        String padded = Base32.toBase32String(bytes);
        int end = padded.indexOf('=');
        return end < 0 ? padded : padded.substring(0, end);
    }

    /** What people type, as {@link #decode} wants it: without spaces and hyphens, in upper case, padded. */
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
