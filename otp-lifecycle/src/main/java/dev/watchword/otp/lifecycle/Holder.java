package dev.watchword.otp.lifecycle;

/**
 * A customer of one institution, by the reference under which the embedding application knows them.
 *
 * <p>Choose a reference that says nothing about the person, such as a customer number: it is stored, and it stays.
 *
 * @param reference 1 to {@value #MAX_LENGTH} characters, compared exactly
 */
public record Holder(String reference) {
    /** The greatest length of a reference. */
    public static final int MAX_LENGTH = 100;

    /**
     * Creates a holder.
     *
     * @throws IllegalArgumentException if the reference is empty, too long, blank at an end, or has control characters
     */
    public Holder {
        Require.text(reference, "holder reference", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return reference;
    }
}
