package dev.watchword.otp.lifecycle.model;

import java.util.function.Function;

/**
 * The outcome of an operation: {@link Accepted} with a value, or {@link Refused} with the reason. A refusal is an expected
 * result and not an exception. Only an accepted outcome may let anyone in.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T> permits Accepted, Refused {

    /** {@return whether the operation succeeded; its change and its events are committed then} */
    boolean isAccepted();

    /**
     * Returns the value of an accepted outcome.
     *
     * @return the value
     * @throws RefusedException if the operation was refused; it carries the refused outcome
     */
    @CanIgnoreReturnValue
    T orElseThrow();

    /**
     * Calls one of two functions, depending on the outcome.
     *
     * @param accepted called with the value of an accepted outcome
     * @param refused called with the refused outcome
     * @param <R> the type of the result
     * @return the result of the function that was called
     */
    <R> R fold(Function<? super T, ? extends R> accepted, Function<? super Refused<T>, ? extends R> refused);

    /**
     * Returns an outcome with a converted value. A refused outcome does not change.
     *
     * @param conversion converts the value of an accepted outcome
     * @param <R> the type of the converted value
     * @return the converted outcome
     */
    <R> Outcome<R> map(Function<? super T, ? extends R> conversion);

    /** {@return the answer for the person at the keyboard, which does not reveal the reason of a refusal} */
    default Answer answer() {
        return isAccepted() ? Answer.ACCEPTED : Answer.NOT_ACCEPTED;
    }
}
