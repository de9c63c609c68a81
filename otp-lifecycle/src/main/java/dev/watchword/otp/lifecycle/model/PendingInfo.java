package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data of a pending token or order that may be shown. Immutable. */
public final class PendingInfo {
    private final TokenKind kind;
    private final @Nullable Order order;
    private final @Nullable TokenInfo token;
    private final @Nullable Instant provisionableFrom;
    private final Instant lapsesAt;

    private PendingInfo(Builder builder) {
        kind = requireNonNull(builder.kind, "kind");
        order = builder.order;
        token = builder.token;
        provisionableFrom = builder.provisionableFrom;
        lapsesAt = requireNonNull(builder.lapsesAt, "lapsesAt");
    }

    /**
     * Begins to build the data.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the kind of the token that the holder will have} */
    public TokenKind kind() {
        return kind;
    }

    /** {@return the order of a hardware token; {@code null} for a software token} */
    public @Nullable Order order() {
        return order;
    }

    /** {@return the issued token; {@code null} for an order without an assigned token} */
    public @Nullable TokenInfo token() {
        return token;
    }

    /** {@return the instant from which the app can be provisioned; {@code null} for a hardware token} */
    public @Nullable Instant provisionableFrom() {
        return provisionableFrom;
    }

    /** {@return the first instant at which it lapses if it was not activated} */
    public Instant lapsesAt() {
        return lapsesAt;
    }

    /**
     * Returns the data of a pending token or order that may be shown.
     *
     * @param pending the pending token or order
     * @return its data
     */
    public static PendingInfo of(Pending pending) {
        Token token = pending.token();
        Provisioning provisioning = token == null ? null : token.provisioning();
        return builder()
                .kind(pending.kind())
                .order(pending.order())
                .token(token == null ? null : TokenInfo.of(token))
                .provisionableFrom(provisioning == null ? null : provisioning.opensAt())
                .lapsesAt(pending.lapsesAt())
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PendingInfo that
                        && kind.equals(that.kind)
                        && Objects.equals(order, that.order)
                        && Objects.equals(token, that.token)
                        && Objects.equals(provisionableFrom, that.provisionableFrom)
                        && lapsesAt.equals(that.lapsesAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, order, token, provisionableFrom, lapsesAt);
    }

    @Override
    public String toString() {
        return "PendingInfo[kind=" + kind + ", order=" + order + ", token=" + token + ", provisionableFrom="
                + provisionableFrom + ", lapsesAt=" + lapsesAt + "]";
    }

    /** Builds a {@link PendingInfo}. Not thread-safe. */
    public static final class Builder {
        private @Nullable TokenKind kind;
        private @Nullable Order order;
        private @Nullable TokenInfo token;
        private @Nullable Instant provisionableFrom;
        private @Nullable Instant lapsesAt;

        private Builder() {}

        /**
         * Sets the kind of the token that the holder will have.
         *
         * @param newKind the kind of the token that the holder will have
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder kind(TokenKind newKind) {
            kind = newKind;
            return this;
        }

        /**
         * Sets the order of a hardware token.
         *
         * @param newOrder the order of a hardware token; {@code null} for a software token
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
         * @param newToken the issued token; {@code null} for an order without an assigned token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder token(@Nullable TokenInfo newToken) {
            token = newToken;
            return this;
        }

        /**
         * Sets the instant from which the app can be provisioned.
         *
         * @param newProvisionableFrom the instant from which the app can be provisioned; {@code null} for a
         *     hardware token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder provisionableFrom(@Nullable Instant newProvisionableFrom) {
            provisionableFrom = newProvisionableFrom;
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
         */
        public PendingInfo build() {
            return new PendingInfo(this);
        }
    }
}
