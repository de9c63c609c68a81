package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The position of a consumer of the event feed in a holder's history. Immutable. */
public final class FeedPosition {
    private final ConsumerName consumer;
    private final long number;
    private final @Nullable DeliveryError parked;

    private FeedPosition(ConsumerName consumer, long number, @Nullable DeliveryError parked) {
        this.consumer = requireNonNull(consumer, "consumer");
        this.number = number;
        this.parked = parked;
    }

    /**
     * Creates the value.
     *
     * @param consumer the consumer
     * @param number the number of the last event that the consumer received, 0 if none
     * @param parked the error because of which the next event is parked; {@code null} if it is not parked
     * @return the value
     */
    public static FeedPosition of(ConsumerName consumer, long number, @Nullable DeliveryError parked) {
        return new FeedPosition(consumer, number, parked);
    }

    /** {@return the consumer} */
    public ConsumerName consumer() {
        return consumer;
    }

    /** {@return the number of the last event that the consumer received, 0 if none} */
    public long number() {
        return number;
    }

    /** {@return the error because of which the next event is parked; {@code null} if it is not parked} */
    public @Nullable DeliveryError parked() {
        return parked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FeedPosition that
                        && consumer.equals(that.consumer)
                        && number == that.number
                        && Objects.equals(parked, that.parked));
    }

    @Override
    public int hashCode() {
        return Objects.hash(consumer, number, parked);
    }

    @Override
    public String toString() {
        return "FeedPosition[consumer=" + consumer + ", number=" + number + ", parked=" + parked + "]";
    }
}
