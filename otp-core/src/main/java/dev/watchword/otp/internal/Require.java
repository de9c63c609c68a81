package dev.watchword.otp.internal;

import java.time.Instant;

/** Checks of values that come from outside the library. Each message names the field. */
public final class Require {
    /** The greatest length of a serial number. */
    public static final int MAX_SERIAL = 64;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Require() {}

    /** Requires a number of ASCII digits from the minimum to the maximum. */
    public static void digits(String value, String field, int min, int max) {
        if (value.length() < min || value.length() > max || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    field + " must be " + (min == max ? "" : min + " to ") + max + " ASCII digits");
        }
    }

    /** Requires a number of hexadecimal digits in lower case. */
    public static void hex(String value, String field, int length) {
        if (value.length() != length
                || !value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException(field + " must be " + length + " hexadecimal digits in lower case");
        }
    }

    /** Requires the serial number of a token: 1 to {@value #MAX_SERIAL} printable ASCII characters without spaces (RFC 6030). */
    public static void serial(String value) {
        boolean printable = value.chars().allMatch(c -> c > ' ' && c <= '~');
        if (value.isEmpty() || value.length() > MAX_SERIAL || !printable) {
            throw new IllegalArgumentException(
                    "serial number must be 1 to " + MAX_SERIAL + " printable ASCII characters without spaces");
        }
    }

    /**
     * Requires text that can be displayed unchanged. It MUST have no white space at its ends, no control characters and
     * no lone surrogates.
     */
    public static void text(String value, String field, int max) {
        boolean showable = value.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (value.isEmpty() || value.length() > max || !value.equals(value.strip()) || !showable) {
            throw new IllegalArgumentException(field + " must be 1 to " + max
                    + " characters, without white space at its ends, control characters or lone surrogates");
        }
    }

    /** Requires an instant in the years 1 to 9999, so that no arithmetic of a token overflows. */
    public static Instant instant(Instant value, String field) {
        if (value.isBefore(FIRST) || !value.isBefore(END)) {
            throw new IllegalArgumentException(field + " must lie in the years 1 to 9999");
        }
        return value;
    }
}
