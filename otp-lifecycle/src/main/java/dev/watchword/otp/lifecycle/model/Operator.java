package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;

/**
 * A member of the institution's staff. Every operation without a code of the holder records the operator.
 *
 * @param value the name, 1 to {@value #MAX_LENGTH} characters, by which the institution identifies this member
 */
public record Operator(String value) {
    /** The greatest length of a name, in UTF-16 units. */
    public static final int MAX_LENGTH = 100;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the name is empty, too long, has white space at an end, or has control
     *     characters or lone surrogates
     */
    public Operator {
        Require.text(value, "operator name", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
