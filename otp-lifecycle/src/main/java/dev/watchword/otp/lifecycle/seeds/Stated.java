package dev.watchword.otp.lifecycle.seeds;

import org.jspecify.annotations.Nullable;

/** Values of an unchecked record that are safe to show to an operator and to write to a log. */
final class Stated {
    private static final int MAX_LENGTH = 40;

    private Stated() {}

    /** Returns a stated serial number, or {@code null} unless it is 1 to 40 visible ASCII characters. */
    static @Nullable String serial(String text) {
        String serial = text.strip();
        boolean plain = serial.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return plain && !serial.isEmpty() && serial.length() <= MAX_LENGTH ? serial : null;
    }
}
