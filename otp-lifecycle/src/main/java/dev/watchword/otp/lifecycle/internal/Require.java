package dev.watchword.otp.lifecycle.internal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Checks of arguments. Each message names the field, the allowed values and the given value. */
public final class Require {
    /** The greatest duration that a policy accepts: 100 years. */
    public static final Duration CENTURY = Duration.ofDays(36_525);

    private static final int SHA_256_DIGITS = 64;

    private Require() {}

    /** Requires a number between two bounds, inclusive. The reason or source goes into the message. */
    public static void range(int value, String field, int min, int max, String why) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    field + " must be " + min + " to " + max + ", not " + value + " (" + why + ")");
        }
    }

    /** Requires a duration between two bounds, inclusive, in whole microseconds, the precision of the databases. */
    public static void duration(Duration value, String field, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ", not " + value);
        }
        if (!value.truncatedTo(ChronoUnit.MICROS).equals(value)) {
            throw new IllegalArgumentException(field + " must be a whole number of microseconds, not " + value);
        }
    }

    /** Requires ASCII digits of a length between two bounds, inclusive. */
    public static String digits(String value, String field, int min, int max) {
        if (!isDigits(value, min, max)) {
            throw new IllegalArgumentException(
                    field + " must be " + (min == max ? "" : min + " to ") + max + " ASCII digits");
        }
        return value;
    }

    /** Returns whether a text has only ASCII digits and a length between two bounds, inclusive. */
    public static boolean isDigits(String value, int min, int max) {
        if (value.length() < min || value.length() > max) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns whether a text is a SHA-256 value: 64 hexadecimal digits in lower case. */
    public static boolean isSha256(String value) {
        if (value.length() != SHA_256_DIGITS) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isDigit(c) && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Requires a text that every database returns unchanged; see {@link #isText}. */
    public static String text(String value, String field, int max) {
        if (!isText(value, max)) {
            throw new IllegalArgumentException(field + " must be 1 to " + max
                    + " characters, without white space at its ends, control characters or lone surrogates");
        }
        return value;
    }

    /** Returns whether every database returns a text unchanged: no outer white space, control characters or lone surrogates. */
    public static boolean isText(String value, int max) {
        int length = value.length();
        if (length == 0
                || length > max
                || Character.isWhitespace(value.codePointAt(0))
                || Character.isWhitespace(value.codePointBefore(length))) {
            return false;
        }
        for (int i = 0; i < length; ) {
            int c = value.codePointAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }
}
