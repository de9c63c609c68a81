package dev.watchword.otp.lifecycle.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The serial number of a token (シリアル番号). It belongs to one token of the institution permanently. Serial numbers are compared
 * exactly: {@code Ab-1} and {@code AB-1} are different serial numbers (RFC 6030 §4.3.1). The policy can allow a narrower form.
 *
 * @param value 1 to {@value #MAX_LENGTH} printable ASCII characters without spaces, for instance {@code 101199980021}
 */
public record SerialNumber(String value) {
    /** The greatest length. */
    public static final int MAX_LENGTH = 64;

    private static final char FIRST = '!';
    private static final char LAST = '~';

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value is not 1 to {@value #MAX_LENGTH} printable ASCII characters without spaces
     */
    public SerialNumber {
        if (!isForm(value)) {
            throw new IllegalArgumentException(
                    "serial number must be 1 to " + MAX_LENGTH + " printable ASCII characters without spaces");
        }
    }

    /**
     * Reads a serial number that a person typed, in the general form.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text is malformed
     */
    public static Optional<SerialNumber> parse(@Nullable String text) {
        return text != null && isForm(text) ? Optional.of(new SerialNumber(text)) : Optional.empty();
    }

    private static boolean isForm(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < FIRST || text.charAt(i) > LAST) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
