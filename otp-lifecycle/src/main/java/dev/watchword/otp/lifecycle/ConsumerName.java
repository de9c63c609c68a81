package dev.watchword.otp.lifecycle;

/**
 * The name of a consumer of the feed, such as {@code mail}: each gets every event.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters
 */
public record ConsumerName(String value) {
    /** The greatest length of a name. */
    public static final int MAX_LENGTH = 64;

    /**
     * Creates a name.
     *
     * @throws IllegalArgumentException if it is empty, too long, blank at an end, or has control characters
     */
    public ConsumerName {
        Require.text(value, "consumer name", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
