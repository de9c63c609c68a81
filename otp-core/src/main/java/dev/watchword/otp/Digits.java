package dev.watchword.otp;

/** Codes as text: a fixed number of ASCII digits, independent of the default locale. */
final class Digits {
    /** The smallest number of digits of a code (RFC 4226 §5.3). */
    static final int MIN = 6;

    /**
     * The largest number of digits of a code. A truncated HMAC has 31 bits, so a tenth digit could only be 0, 1 or 2.
     */
    static final int MAX = 9;

    /** The value that {@link #parse} returns for text that is not a code. */
    static final int MALFORMED = -1;

    private Digits() {}

    /** Requires {@value #MIN} to {@value #MAX} digits. Any other number is an {@link IllegalArgumentException}. */
    static void requireCount(int digits) {
        if (digits < MIN || digits > MAX) {
            throw new IllegalArgumentException(
                    "digits must be " + MIN + " to " + MAX + ", not " + digits + " (RFC 4226 §5.3)");
        }
    }

    /**
     * Returns the last digits of a truncated HMAC as a number. Each length has its own case because division by a
     * constant is fastest.
     */
    static int lastOf(int truncated, int digits) {
        return switch (digits) {
            case 6 -> truncated % 1_000_000;
            case 7 -> truncated % 10_000_000;
            case 8 -> truncated % 100_000_000;
            default -> truncated % 1_000_000_000;
        };
    }

    /** Returns the last digits of a truncated HMAC as text, with leading zeros. */
    static String format(int truncated, int digits) {
        char[] text = new char[digits];
        int rest = truncated;
        for (int i = digits - 1; i >= 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }

    /**
     * Returns the number that a code represents, or {@link #MALFORMED}. Accepts exactly the given number of ASCII
     * digits. Accepts no sign, no space and no digit of another script.
     */
    static int parse(String code, int digits) {
        if (code.length() != digits) {
            return MALFORMED;
        }
        int number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = code.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
