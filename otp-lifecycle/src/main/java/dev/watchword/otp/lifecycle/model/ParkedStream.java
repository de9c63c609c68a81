package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events of one holder that wait for an operator, because a consumer of the event feed failed too often at the first of them.
 * Immutable.
 */
public final class ParkedStream {
    private final Holder holder;
    private final long number;
    private final int attempts;
    private final Instant since;
    private final DeliveryError error;

    private ParkedStream(Holder holder, long number, int attempts, Instant since, DeliveryError error) {
        this.holder = requireNonNull(holder, "holder");
        this.number = number;
        this.attempts = attempts;
        this.since = requireNonNull(since, "since");
        this.error = requireNonNull(error, "error");
    }

    /**
     * Creates the value.
     *
     * @param holder the holder
     * @param number the number of the event that failed
     * @param attempts the number of failed attempts
     * @param since the instant of the last attempt
     * @param error the error of the last attempt
     * @return the value
     */
    public static ParkedStream of(Holder holder, long number, int attempts, Instant since, DeliveryError error) {
        return new ParkedStream(holder, number, attempts, since, error);
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the number of the event that failed; it and the later events of the holder wait} */
    public long number() {
        return number;
    }

    /** {@return the number of failed attempts} */
    public int attempts() {
        return attempts;
    }

    /** {@return the instant of the last attempt} */
    public Instant since() {
        return since;
    }

    /** {@return the error of the last attempt} */
    public DeliveryError error() {
        return error;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ParkedStream that
                        && holder.equals(that.holder)
                        && number == that.number
                        && attempts == that.attempts
                        && since.equals(that.since)
                        && error.equals(that.error));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, number, attempts, since, error);
    }

    @Override
    public String toString() {
        return "ParkedStream[holder=" + holder + ", number=" + number + ", attempts=" + attempts + ", since=" + since
                + ", error=" + error + "]";
    }
}
