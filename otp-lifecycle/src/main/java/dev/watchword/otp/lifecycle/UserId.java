package dev.watchword.otp.lifecycle;

/**
 * The number of a holder at one institution (ユーザID), allotted at the first issue and kept for good.
 *
 * @param value 12 ASCII digits, for instance {@code 999800000001}
 */
public record UserId(String value) {
    /**
     * Creates the number.
     *
     * @throws IllegalArgumentException if it is not that many ASCII digits
     */
    public UserId {
        Require.digits(value, "user ID", 12, 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
