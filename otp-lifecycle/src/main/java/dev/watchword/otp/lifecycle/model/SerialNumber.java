package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The serial number of a token (シリアル番号). It belongs to one token of the institution permanently.
 *
 * @param value 8 to 12 ASCII digits, for instance {@code 101199980021}
 */
public record SerialNumber(String value) {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 12;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value does not have 8 to 12 ASCII digits
     */
    public SerialNumber {
        Require.digits(value, "serial number", MIN_LENGTH, MAX_LENGTH);
    }

    /**
     * Reads a serial number that a person typed.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text is malformed
     */
    public static Optional<SerialNumber> parse(@Nullable String text) {
        return text != null && isForm(text) ? Optional.of(new SerialNumber(text)) : Optional.empty();
    }

    private static boolean isForm(String text) {
        return Require.isDigits(text, MIN_LENGTH, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
