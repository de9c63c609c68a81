package dev.watchword.otp;

/** Codes as text: exactly so many ASCII digits, whatever the locale. */
final class Digits {
    static final int MIN = 6;
    static final int MAX = 9;

    /** What {@link #parse} returns for text that is not a code. */
    static final int MALFORMED = -1;

    private Digits() {}

    static void requireCount(int digits) {
        if (digits < MIN || digits > MAX) {
            throw new IllegalArgumentException(
                    "digits must be " + MIN + " to " + MAX + ", not " + digits + " (RFC 4226 §5.3)");
        }
    }

    /** The last digits of a truncated HMAC, as a number. Divisions by constants are the fastest. */
    static int lastOf(int truncated, int digits) {
        return switch (digits) {
            case 6 -> truncated % 1_000_000;
            case 7 -> truncated % 10_000_000;
            case 8 -> truncated % 100_000_000;
            default -> truncated % 1_000_000_000;
        };
    }

    /** The last digits of a truncated HMAC, as text with its leading zeros. */
    static String format(int truncated, int digits) {
        char[] text = new char[digits];
        int rest = truncated;
        for (int i = digits - 1; i >= 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }

    /** The number that a code stands for, or {@link #MALFORMED}. */
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
