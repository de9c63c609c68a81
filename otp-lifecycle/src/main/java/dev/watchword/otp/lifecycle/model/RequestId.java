package dev.watchword.otp.lifecycle.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a signing request. It is random and unique among all requests.
 *
 * @param value 32 hexadecimal digits in lower case, from 128 random bits
 */
public record RequestId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value does not have exactly 32 hexadecimal digits in lower case
     */
    public RequestId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A request ID must have 32 hexadecimal digits in lower case");
        }
    }

    /**
     * Reads a request ID that a browser or an app sent.
     *
     * @param text the text; may be {@code null}
     * @return the value, or empty if the text is malformed
     */
    public static Optional<RequestId> parse(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new RequestId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
