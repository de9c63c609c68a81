package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event that a handler could not handle. The later events of its holder wait. Immutable. */
public final class FailedDelivery {
    private final Holder holder;
    private final long number;
    private final Throwable cause;
    private final boolean parked;

    private FailedDelivery(Holder holder, long number, Throwable cause, boolean parked) {
        this.holder = requireNonNull(holder, "holder");
        this.number = number;
        this.cause = requireNonNull(cause, "cause");
        this.parked = parked;
    }

    /**
     * Creates the value of an event that a later round delivers again, for tests of applications.
     *
     * @param holder the holder
     * @param number the number of the event
     * @param cause the exception or error of the handler
     * @return the value
     */
    public static FailedDelivery of(Holder holder, long number, Throwable cause) {
        return new FailedDelivery(holder, number, cause, false);
    }

    /**
     * Returns a copy for an event at which the holder's stream is parked, for tests of applications.
     *
     * @return the copy
     */
    public FailedDelivery asParked() {
        return new FailedDelivery(holder, number, cause, true);
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the number of the event} */
    public long number() {
        return number;
    }

    /** {@return the exception or error of the handler} */
    public Throwable cause() {
        return cause;
    }

    /**
     * {@return whether the event and the later events of its holder wait for an operator. Otherwise a later round delivers the
     * event again}
     */
    public boolean isParked() {
        return parked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FailedDelivery that
                        && holder.equals(that.holder)
                        && number == that.number
                        && cause.equals(that.cause)
                        && parked == that.parked);
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, number, cause, parked);
    }

    @Override
    public String toString() {
        return "FailedDelivery[holder=" + holder + ", number=" + number + ", cause=" + cause + ", parked=" + parked
                + "]";
    }
}
