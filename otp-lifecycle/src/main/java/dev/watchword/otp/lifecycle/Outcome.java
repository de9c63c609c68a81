package dev.watchword.otp.lifecycle;

/** What came of an operation: {@link Accepted} or {@link Refused}. Only what is accepted may let anyone in. */
public sealed interface Outcome permits Accepted, Refused {

    /**
     * Returns how the holder stands after it.
     *
     * @return the registration
     */
    Registration registration();

    /**
     * Returns the poor answer, for the person at the keyboard.
     *
     * @return accepted or not accepted, and no more
     */
    default Answer answer() {
        return this instanceof Accepted ? Answer.ACCEPTED : Answer.NOT_ACCEPTED;
    }
}
