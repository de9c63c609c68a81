package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stored mail code. It confirms one request of a holder. Immutable. */
public final class MailCode {
    private final SealedSecret hash;
    private final Operation operation;
    private final MailAddress destination;
    private final Instant sentAt;
    private final Instant expiresAt;

    private MailCode(Builder builder) {
        hash = requireNonNull(builder.hash, "hash");
        operation = requireNonNull(builder.operation, "operation");
        destination = requireNonNull(builder.destination, "destination");
        sentAt = requireNonNull(builder.sentAt, "sentAt");
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
    }

    /**
     * Begins to build a mail code from stored values.
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
        builder.hash = hash;
        builder.operation = operation;
        builder.destination = destination;
        builder.sentAt = sentAt;
        builder.expiresAt = expiresAt;
        return builder;
    }

    /** {@return the encrypted hash of the code} */
    public SealedSecret hash() {
        return hash;
    }

    /** {@return the operation that the code confirms} */
    public Operation operation() {
        return operation;
    }

    /** {@return the address to which the application mails the code} */
    public MailAddress destination() {
        return destination;
    }

    /** {@return the instant at which the code was created} */
    public Instant sentAt() {
        return sentAt;
    }

    /** {@return the first instant at which the code is no longer accepted} */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MailCode that
                        && hash.equals(that.hash)
                        && operation.equals(that.operation)
                        && destination.equals(that.destination)
                        && sentAt.equals(that.sentAt)
                        && expiresAt.equals(that.expiresAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash, operation, destination, sentAt, expiresAt);
    }

    @Override
    public String toString() {
        return "MailCode[hash=" + hash + ", operation=" + operation + ", destination=" + destination + ", sentAt="
                + sentAt + ", expiresAt=" + expiresAt + "]";
    }

    /** Builds a {@link MailCode}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SealedSecret hash;
        private @Nullable Operation operation;
        private @Nullable MailAddress destination;
        private @Nullable Instant sentAt;
        private @Nullable Instant expiresAt;

        private Builder() {}

        /**
         * Sets the encrypted hash of the code.
         *
         * @param newHash the encrypted hash of the code
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder hash(SealedSecret newHash) {
            hash = newHash;
            return this;
        }

        /**
         * Sets the operation that the code confirms.
         *
         * @param newOperation the operation that the code confirms
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder operation(Operation newOperation) {
            operation = newOperation;
            return this;
        }

        /**
         * Sets the address to which the application mails the code.
         *
         * @param newDestination the address to which the application mails the code
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder destination(MailAddress newDestination) {
            destination = newDestination;
            return this;
        }

        /**
         * Sets the instant at which the code was created.
         *
         * @param newSentAt the instant at which the code was created
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder sentAt(Instant newSentAt) {
            sentAt = newSentAt;
            return this;
        }

        /**
         * Sets the first instant at which the code is no longer accepted.
         *
         * @param newExpiresAt the first instant at which the code is no longer accepted
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder expiresAt(Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         */
        public MailCode build() {
            return new MailCode(this);
        }
    }
}
