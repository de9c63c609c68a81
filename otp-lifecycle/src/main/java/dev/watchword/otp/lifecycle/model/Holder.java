package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;

/**
 * A customer of one institution, under the reference by which the application knows the customer.
 *
 * <p>Choose a reference that says nothing about the person, such as a customer number. The library stores it and
 * keeps it in the history after an erasure.
 *
 * @param value the reference, 1 to {@value #MAX_LENGTH} characters, compared exactly
 */
public record Holder(String value) {
    /** The greatest length of a reference, in UTF-16 units. */
    public static final int MAX_LENGTH = 100;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the reference is empty, too long, has white space at an end, or has
     *     control characters or lone surrogates
     */
    public Holder {
        Require.text(value, "holder reference", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
