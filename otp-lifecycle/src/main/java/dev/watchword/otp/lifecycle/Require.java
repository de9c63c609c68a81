package dev.watchword.otp.lifecycle;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Checks of values that come from outside; each message names the field. */
final class Require {
    /** The longest time that a policy can speak of. */
    static final Duration CENTURY = Duration.ofDays(36_525);

    private Require() {}

    static void range(int value, String field, int min, int max, String why) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    field + " must be " + min + " to " + max + ", not " + value + " (" + why + ")");
        }
    }

    static void duration(Duration value, String field, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ", not " + value);
        }
        if (!value.truncatedTo(ChronoUnit.MICROS).equals(value)) {
            throw new IllegalArgumentException(field + " must be of whole microseconds, not " + value);
        }
    }

    static String digits(String value, String field, int min, int max) {
        if (!isDigits(value, min, max)) {
            throw new IllegalArgumentException(
                    field + " must be " + (min == max ? "" : min + " to ") + max + " ASCII digits");
        }
        return value;
    }

    static boolean isDigits(String value, int min, int max) {
        return value.length() >= min && value.length() <= max && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Text that every database gives back as it was: not blank at either end, no control characters, whole characters. */
    static String text(String value, String field, int max) {
        boolean storable = value.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (value.isEmpty() || value.length() > max || !value.equals(value.strip()) || !storable) {
            throw new IllegalArgumentException(field + " must be 1 to " + max
                    + " characters, without white space at its ends, control characters or lone surrogates");
        }
        return value;
    }
}
