package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.Holder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A consumer of the event feed that delays the archiving of a holder's events. Immutable. */
public final class HeldHistory {
    private final Holder holder;
    private final ConsumerName consumer;
    private final long number;
    private final @Nullable DeliveryError parked;

    private HeldHistory(Holder holder, ConsumerName consumer, long number, @Nullable DeliveryError parked) {
        this.holder = requireNonNull(holder, "holder");
        this.consumer = requireNonNull(consumer, "consumer");
        this.number = number;
        this.parked = parked;
    }

    /**
     * Creates the value.
     *
     * @param holder the holder
     * @param consumer the consumer
     * @param number the number of the event that the consumer has not received
     * @param parked the error because of which that event is parked; {@code null} if it is not parked
     * @return the value
     */
    public static HeldHistory of(Holder holder, ConsumerName consumer, long number, @Nullable DeliveryError parked) {
        return new HeldHistory(holder, consumer, number, parked);
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the consumer} */
    public ConsumerName consumer() {
        return consumer;
    }

    /** {@return the number of the event that the consumer has not received} */
    public long number() {
        return number;
    }

    /** {@return the error because of which that event is parked; {@code null} if it is not parked} */
    public @Nullable DeliveryError parked() {
        return parked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HeldHistory that
                        && holder.equals(that.holder)
                        && consumer.equals(that.consumer)
                        && number == that.number
                        && Objects.equals(parked, that.parked));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, consumer, number, parked);
    }

    @Override
    public String toString() {
        return "HeldHistory[holder=" + holder + ", consumer=" + consumer + ", number=" + number + ", parked=" + parked
                + "]";
    }
}
