package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A holder's order of a fob. Immutable.
 *
 * @param state how far it has come
 * @param placedAt when the holder asked for the fob
 * @param assignedAt when a fob was assigned; {@code null} exactly if none was yet
 * @param sentAt when it was sent; {@code null} exactly if it was not yet
 */
public record Order(
        OrderState state,
        Instant placedAt,
        @Nullable Instant assignedAt,
        @Nullable Instant sentAt) {
    /**
     * Creates an order from what a store kept.
     *
     * @throws IllegalArgumentException if the values contradict each other
     */
    public Order {
        requireNonNull(placedAt, "placedAt");
        if ((state == OrderState.PLACED) != (assignedAt == null) || (state == OrderState.SENT) != (sentAt != null)) {
            throw new IllegalArgumentException(
                    "An order that is " + state + " must not be assigned " + assignedAt + " and sent " + sentAt);
        }
    }

    static Order placed(Instant at) {
        return new Order(OrderState.PLACED, at, null, null);
    }

    Order assigned(Instant at) {
        return new Order(OrderState.ASSIGNED, placedAt, at, null);
    }

    Order sent(Instant at) {
        return new Order(OrderState.SENT, placedAt, assignedAt, at);
    }
}
