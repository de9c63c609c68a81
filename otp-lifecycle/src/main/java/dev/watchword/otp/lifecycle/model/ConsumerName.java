package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;

/**
 * The name of a consumer of the event feed, such as {@code mail}. Each consumer receives every event.
 *
 * @param value the name, 1 to {@value #MAX_LENGTH} characters
 */
public record ConsumerName(String value) {
    /** The greatest length of a name, in UTF-16 units. */
    public static final int MAX_LENGTH = 64;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the name is empty, too long, has white space at an end, or has control
     *     characters or lone surrogates
     */
    public ConsumerName {
        Require.text(value, "consumer name", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
