package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import org.jspecify.annotations.Nullable;

/**
 * The error of a handler of events, as the store keeps it for operators. The feed shortens the message and masks mail addresses,
 * long words and numbers of 4 digits or more, because messages of other libraries can contain personal data.
 *
 * @param type the name of the exception's class, 1 to {@value #MAX_LENGTH} characters
 * @param message the message, 1 to {@value #MAX_LENGTH} characters; {@code null} if the exception has no usable message, or after
 *     an erasure
 */
public record DeliveryError(String type, @Nullable String message) {
    /** The greatest length of a name or a message, in UTF-16 units. */
    public static final int MAX_LENGTH = 200;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if a text is empty, too long, has white space at an end, or has control characters or
     *     lone surrogates
     */
    public DeliveryError {
        Require.text(requireNonNull(type, "type"), "type", MAX_LENGTH);
        if (message != null) {
            Require.text(message, "message", MAX_LENGTH);
        }
    }
}
