package dev.watchword.otp.lifecycle.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a batch of hardware tokens, such as the number of a delivery.
 *
 * @param value 1 to 64 of {@code A-Z}, {@code a-z}, {@code 0-9}, {@code .}, {@code _} and {@code -}
 */
public record BatchId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the name is malformed
     */
    public BatchId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A batch name must be 1 to 64 of A-Z, a-z, 0-9, ., _ and -");
        }
    }

    /**
     * Reads a name that a person typed.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text is malformed
     */
    public static Optional<BatchId> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(entered -> FORM.matcher(entered).matches())
                .map(BatchId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
