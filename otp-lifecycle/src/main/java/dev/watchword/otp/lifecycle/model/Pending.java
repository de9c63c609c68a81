package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pending part of an enrolment: the order of a hardware token, that token on its way, or an issued software
 * token. Beside a token in use it is the successor of that token. Immutable.
 */
public final class Pending {
    private final @Nullable Order order;
    private final @Nullable Token token;
    private final Instant lapsesAt;

    private Pending(Builder builder) {
        order = builder.order;
        token = builder.token;
        lapsesAt = requireNonNull(builder.lapsesAt, "lapsesAt");
        boolean fits = order == null
                ? token != null && token.kind() == TokenKind.SOFTWARE
                : (order.state() == OrderState.PLACED) == (token == null)
                        && (token == null || token.kind() == TokenKind.HARDWARE);
        if (!fits || (token != null && token.state() != TokenState.ISSUED)) {
            throw new IllegalArgumentException("Only an issued software token, an order, or an order with its issued"
                    + " hardware token can be pending, not " + order + " with " + token);
        }
    }

    /**
     * Begins to build the pending part from stored values.
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
        builder.order = order;
        builder.token = token;
        builder.lapsesAt = lapsesAt;
        return builder;
    }

    /** {@return the order; {@code null} exactly for a software token} */
    public @Nullable Order order() {
        return order;
    }

    /** {@return the issued token; {@code null} exactly for an order without an assigned token} */
    public @Nullable Token token() {
        return token;
    }

    /** {@return the first instant at which it lapses if it was not activated} */
    public Instant lapsesAt() {
        return lapsesAt;
    }

    /** {@return the kind of the token that the holder will have} */
    public TokenKind kind() {
        return order == null ? TokenKind.SOFTWARE : TokenKind.HARDWARE;
    }

    /**
     * Returns whether the time for the activation is over.
     *
     * @param now the instant to compare with
     * @return whether the instant is at or after {@link #lapsesAt}
     */
    public boolean isLapsedAt(Instant now) {
        return !now.isBefore(lapsesAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Pending that
                        && Objects.equals(order, that.order)
                        && Objects.equals(token, that.token)
                        && lapsesAt.equals(that.lapsesAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(order, token, lapsesAt);
    }

    @Override
    public String toString() {
        return "Pending[order=" + order + ", token=" + token + ", lapsesAt=" + lapsesAt + "]";
    }

    /** Builds a {@link Pending}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Order order;
        private @Nullable Token token;
        private @Nullable Instant lapsesAt;

        private Builder() {}

        /**
         * Sets the order.
         *
         * @param newOrder the order; {@code null} exactly for a software token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder order(@Nullable Order newOrder) {
            order = newOrder;
            return this;
        }

        /**
         * Sets the issued token.
         *
         * @param newToken the issued token; {@code null} exactly for an order without an assigned token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder token(@Nullable Token newToken) {
            token = newToken;
            return this;
        }

        /**
         * Sets the first instant at which it lapses if it was not activated.
         *
         * @param newLapsesAt the first instant at which it lapses if it was not activated
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lapsesAt(Instant newLapsesAt) {
            lapsesAt = newLapsesAt;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the values contradict each other
         */
        public Pending build() {
            return new Pending(this);
        }
    }
}
