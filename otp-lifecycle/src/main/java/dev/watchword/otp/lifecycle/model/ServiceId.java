package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;

/**
 * The number of an institution on a platform that many institutions share (サービスID).
 *
 * @param value 8 ASCII digits, for instance {@code 10112235}
 */
public record ServiceId(String value) {
    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value does not have exactly 8 ASCII digits
     */
    public ServiceId {
        Require.digits(value, "service ID", 8, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
