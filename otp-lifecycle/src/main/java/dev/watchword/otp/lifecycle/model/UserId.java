package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The number of a holder at one institution (ユーザID). The first issue or order assigns it, and it never changes.
 *
 * @param value 12 ASCII digits, for instance {@code 999800000001}
 */
public record UserId(String value) {
    private static final int LENGTH = 12;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value does not have exactly 12 ASCII digits
     */
    public UserId {
        Require.digits(value, "user ID", LENGTH, LENGTH);
    }

    /**
     * Reads a user ID that a person typed.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text is malformed
     */
    public static Optional<UserId> parse(@Nullable String text) {
        return text != null && isForm(text) ? Optional.of(new UserId(text)) : Optional.empty();
    }

    private static boolean isForm(String text) {
        return Require.isDigits(text, LENGTH, LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
