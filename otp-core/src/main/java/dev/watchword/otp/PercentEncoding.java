package dev.watchword.otp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of UTF-8 text (RFC 3986 §2.1). A space is encoded as {@code %20}. A plus sign stands for itself. */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    /**
     * The characters, besides letters and digits, that need no encoding in a path segment or a query (RFC 3986 §3.3 and
     * §3.4).
     */
    private static final String PLAIN = "-._~!$&'()*+,;=:@/?";

    /** The unreserved characters besides letters and digits (RFC 3986 §2.3). */
    private static final String UNRESERVED = "-._~";

    private PercentEncoding() {}

    /** Encodes all characters that are not unreserved. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return encoded.toString();
    }

    /** Decodes a part of a URI. The message of an exception names the part and shows no text of it. */
    static String decode(String encoded, String part, OtpauthRepairs repairs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(hex(encoded, i + 1, part) << 4 | hex(encoded, i + 2, part));
                i += 2;
            } else if (isAlphanumeric(c) || PLAIN.indexOf(c) >= 0) {
                bytes.write(c);
            } else {
                repairs.add(OtpauthRepair.UNENCODED_CHARACTERS);
                i += writeUnencoded(encoded.codePointAt(i), bytes, part);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(part + " must be UTF-8 in percent-encoding", e);
        }
    }

    /** Returns whether every character of a part of a URI is encoded or needs no encoding. */
    static boolean isEncoded(String text) {
        try {
            return decode(text, "The query", new OtpauthRepairs(true)).length() <= text.length();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Writes an unencoded character in UTF-8. Returns the number of {@code char}s beyond the first. */
    private static int writeUnencoded(int character, ByteArrayOutputStream bytes, String part) {
        if (Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE) {
            throw new IllegalArgumentException(part + " must not have control characters or lone surrogates");
        }
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        return Character.charCount(character) - 1;
    }

    private static int hex(String encoded, int index, String part) {
        int digit = index < encoded.length() ? HEX.indexOf(upperCase(encoded.charAt(index))) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException(part + " must have two hexadecimal digits after each % (RFC 3986 §2.1)");
        }
        return digit;
    }

    private static char upperCase(char c) {
        return c >= 'a' && c <= 'f' ? (char) (c - 'a' + 'A') : c;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
