package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event that a handler could not handle. The later events of its holder wait. Immutable. */
public final class FailedDelivery {
    private final Holder holder;
    private final long number;
    private final RuntimeException cause;

    private FailedDelivery(Holder holder, long number, RuntimeException cause) {
        this.holder = requireNonNull(holder, "holder");
        this.number = number;
        this.cause = requireNonNull(cause, "cause");
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param holder the holder
     * @param number the number of the event
     * @param cause the exception of the handler
     * @return the value
     */
    public static FailedDelivery of(Holder holder, long number, RuntimeException cause) {
        return new FailedDelivery(holder, number, cause);
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the number of the event} */
    public long number() {
        return number;
    }

    /** {@return the exception of the handler} */
    public RuntimeException cause() {
        return cause;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FailedDelivery that
                        && holder.equals(that.holder)
                        && number == that.number
                        && cause.equals(that.cause));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, number, cause);
    }

    @Override
    public String toString() {
        return "FailedDelivery[holder=" + holder + ", number=" + number + ", cause=" + cause + "]";
    }
}
