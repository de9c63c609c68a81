package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.HmacAlgorithm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Parsers for the textual values of both kinds of seed file.
 *
 * <p>Every parser throws an {@link IllegalArgumentException} for malformed text. Its message is a predicate such as {@code
 * must be a whole number from 6 to 9}, to which the caller adds the subject. The message never contains the text.
 */
final class SeedText {
    private static final int MAX_DIGITS = 18;
    private static final int BASE64_GROUP = 4;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private SeedText() {}

    /** Parses a whole number of at most 18 digits with an optional minus sign. */
    static long number(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("must be a whole number of at most " + MAX_DIGITS + " digits");
        }
        return Long.parseLong(text);
    }

    /** Parses a whole number within a range, both bounds included. */
    static long number(String text, long min, long max) {
        return inRange(number(text), min, max);
    }

    /** Returns a number that is within a range, both bounds included. */
    static long inRange(long number, long min, long max) {
        if (number < min || number > max) {
            throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
        }
        return number;
    }

    /** Parses a date and time with its offset from UTC, in the years 1970 to 9999. */
    static Instant instant(String text) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a date and time with its offset from UTC, as in"
                    + " 2026-11-23T09:00:00Z or 2026-11-23T18:00:00+09:00");
        }
        if (!isDate(instant)) {
            throw new IllegalArgumentException("must be in the years 1970 to 9999");
        }
        return instant;
    }

    static boolean isDate(Instant instant) {
        return !instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST);
    }

    /** Parses a hash function in the spellings of manufacturers, such as SHA1, SHA-256, HMAC-SHA512 and HmacSHA256. */
    static HmacAlgorithm algorithm(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
        String bare = name.startsWith("HMAC") ? name.substring("HMAC".length()) : name;
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            if (algorithm.name().equals(bare)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("must be HMAC-SHA1, HMAC-SHA256 or HMAC-SHA512");
    }

    /** Decodes an {@code xs:base64Binary}: Base64 with padding. White space may occur anywhere. */
    static byte[] base64(String text) {
        byte[] dense = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                dense[length++] = (byte) Math.min(c, Byte.MAX_VALUE);
            }
        }
        byte[] encoded = Arrays.copyOf(dense, length);
        try {
            if (length % BASE64_GROUP != 0) {
                throw new IllegalArgumentException();
            }
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be Base64 with padding (RFC 4648 §4)");
        } finally {
            Arrays.fill(dense, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
