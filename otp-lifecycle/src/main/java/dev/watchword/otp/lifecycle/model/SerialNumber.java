package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The serial number of a token (シリアル番号). It belongs to one token of the institution permanently. Serial numbers are
 * compared exactly.
 *
 * @param value 1 to 64 printable ASCII characters without spaces, for instance {@code 101199980021}
 */
public record SerialNumber(String value) {
    /** The greatest length, in characters. */
    public static final int MAX_LENGTH = 64;

    private static final int MIN_TYPED_LENGTH = 8;
    private static final int MAX_TYPED_LENGTH = 12;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value is not 1 to 64 printable ASCII characters without spaces
     */
    public SerialNumber {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "serial number must be 1 to " + MAX_LENGTH + " printable ASCII characters without spaces");
        }
    }

    /**
     * Reads a serial number that a person typed.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text does not have 8 to 12 ASCII digits
     */
    public static Optional<SerialNumber> parse(@Nullable String text) {
        return text != null && Require.isDigits(text, MIN_TYPED_LENGTH, MAX_TYPED_LENGTH)
                ? Optional.of(new SerialNumber(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
