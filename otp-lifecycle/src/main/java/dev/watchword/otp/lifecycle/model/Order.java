package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A holder's order of a hardware token. Immutable. */
public final class Order {
    private final OrderState state;
    private final Instant placedAt;
    private final @Nullable Instant assignedAt;
    private final @Nullable Instant sentAt;

    private Order(Builder builder) {
        state = requireNonNull(builder.state, "state");
        placedAt = requireNonNull(builder.placedAt, "placedAt");
        assignedAt = builder.assignedAt;
        sentAt = builder.sentAt;
        if ((state == OrderState.PLACED) != (assignedAt == null) || (state == OrderState.SENT) != (sentAt != null)) {
            throw new IllegalArgumentException(
                    "An order in state " + state + " must not be assigned at " + assignedAt + " and sent at " + sentAt);
        }
    }

    /**
     * Begins to build an order from stored values.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.state = state;
        builder.placedAt = placedAt;
        builder.assignedAt = assignedAt;
        builder.sentAt = sentAt;
        return builder;
    }

    /** {@return the progress of the order} */
    public OrderState state() {
        return state;
    }

    /** {@return the instant at which the holder placed the order} */
    public Instant placedAt() {
        return placedAt;
    }

    /** {@return the instant at which a token was assigned; {@code null} if and only if none is assigned yet} */
    public @Nullable Instant assignedAt() {
        return assignedAt;
    }

    /** {@return the instant at which the token was sent; {@code null} if and only if it is not sent yet} */
    public @Nullable Instant sentAt() {
        return sentAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Order that
                        && state.equals(that.state)
                        && placedAt.equals(that.placedAt)
                        && Objects.equals(assignedAt, that.assignedAt)
                        && Objects.equals(sentAt, that.sentAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, placedAt, assignedAt, sentAt);
    }

    @Override
    public String toString() {
        return "Order[state=" + state + ", placedAt=" + placedAt + ", assignedAt=" + assignedAt + ", sentAt=" + sentAt
                + "]";
    }

    /** Builds a {@link Order}. Not thread-safe. */
    public static final class Builder {
        private @Nullable OrderState state;
        private @Nullable Instant placedAt;
        private @Nullable Instant assignedAt;
        private @Nullable Instant sentAt;

        private Builder() {}

        /**
         * Sets the progress of the order.
         *
         * @param newState the progress of the order
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder state(OrderState newState) {
            state = newState;
            return this;
        }

        /**
         * Sets the instant at which the holder placed the order.
         *
         * @param newPlacedAt the instant at which the holder placed the order
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder placedAt(Instant newPlacedAt) {
            placedAt = newPlacedAt;
            return this;
        }

        /**
         * Sets the instant at which a token was assigned.
         *
         * @param newAssignedAt the instant at which a token was assigned; {@code null} if and only if none is assigned
         *     yet
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder assignedAt(@Nullable Instant newAssignedAt) {
            assignedAt = newAssignedAt;
            return this;
        }

        /**
         * Sets the instant at which the token was sent.
         *
         * @param newSentAt the instant at which the token was sent; {@code null} if and only if it is not sent yet
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder sentAt(@Nullable Instant newSentAt) {
            sentAt = newSentAt;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the values contradict each other
         */
        public Order build() {
            return new Order(this);
        }
    }
}
