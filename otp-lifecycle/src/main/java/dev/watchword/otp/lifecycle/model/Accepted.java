package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation that succeeded: its change and its events are committed. Immutable.
 *
 * @param <T> the type of the value
 */
public final class Accepted<T> implements Outcome<T> {
    private final T value;

    private Accepted(T value) {
        this.value = value;
    }

    /**
     * Creates an accepted outcome.
     *
     * @param value the value
     * @param <T> the type of the value
     * @return the outcome
     */
    public static <T> Accepted<T> of(T value) {
        return new Accepted<>(requireNonNull(value, "value"));
    }

    /** {@return the value} */
    public T value() {
        return value;
    }

    @Override
    public boolean isAccepted() {
        return true;
    }

    @Override
    @CanIgnoreReturnValue
    public T orElseThrow() {
        return value;
    }

    @Override
    public <R> R fold(Function<? super T, ? extends R> accepted, Function<? super Refused<T>, ? extends R> refused) {
        return accepted.apply(value);
    }

    @Override
    public <R> Outcome<R> map(Function<? super T, ? extends R> conversion) {
        return of(conversion.apply(value));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Accepted<?> that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Accepted[" + value + "]";
    }
}
