package dev.watchword.otp.lifecycle.stock;

import org.jspecify.annotations.Nullable;

/** What a record states of itself, as far as it can be shown to an operator and written to a log. */
final class Stated {
    private static final int MAX_LENGTH = 40;

    private Stated() {}

    /** A serial number of whatever form; {@code null} if it is too long or not plain. */
    static @Nullable String serial(String text) {
        String serial = text.strip();
        boolean plain = serial.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return plain && !serial.isEmpty() && serial.length() <= MAX_LENGTH ? serial : null;
    }
}
