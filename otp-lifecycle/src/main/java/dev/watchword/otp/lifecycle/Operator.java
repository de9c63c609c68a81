package dev.watchword.otp.lifecycle;

/**
 * A member of the institution's staff, who answers for what is done without the holder's code.
 *
 * @param name 1 to {@value #MAX_LENGTH} characters, as the institution knows its staff
 */
public record Operator(String name) {
    /** The greatest length of a name. */
    public static final int MAX_LENGTH = 100;

    /**
     * Creates an operator.
     *
     * @throws IllegalArgumentException if the name is empty, too long, blank at an end, or has control characters
     */
    public Operator {
        Require.text(name, "operator name", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return name;
    }
}
