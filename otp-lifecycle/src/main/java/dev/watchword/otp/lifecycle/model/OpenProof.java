package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored proof that a holder confirmed one operation. An operation in a transaction of the application uses it once (R15.2).
 * The store holds the hash of the proof only. Immutable.
 */
public final class OpenProof {
    private final String hash;
    private final Operation operation;
    private final @Nullable SerialNumber serial;
    private final Instant expiresAt;

    private OpenProof(Builder builder) {
        hash = requireNonNull(builder.hash, "hash");
        operation = requireNonNull(builder.operation, "operation");
        serial = builder.serial;
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
        ChainLink.requireMac(hash);
    }

    /**
     * Begins to build a proof from stored values.
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
        builder.serial = serial;
        builder.expiresAt = expiresAt;
        return builder;
    }

    /** {@return the hash of the proof and of the entries that it is bound to, 64 hexadecimal digits in lower case} */
    public String hash() {
        return hash;
    }

    /** {@return the operation that the holder confirmed} */
    public Operation operation() {
        return operation;
    }

    /** {@return the token that the operation is about; {@code null} for a new token and for an order without one} */
    public @Nullable SerialNumber serial() {
        return serial;
    }

    /** {@return the first instant at which the proof is no longer accepted} */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof OpenProof that
                        && hash.equals(that.hash)
                        && operation.equals(that.operation)
                        && Objects.equals(serial, that.serial)
                        && expiresAt.equals(that.expiresAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash, operation, serial, expiresAt);
    }

    @Override
    public String toString() {
        return "OpenProof[hash=" + hash + ", operation=" + operation + ", serial=" + serial + ", expiresAt=" + expiresAt
                + "]";
    }

    /** Builds a {@link OpenProof}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String hash;
        private @Nullable Operation operation;
        private @Nullable SerialNumber serial;
        private @Nullable Instant expiresAt;

        private Builder() {}

        /**
         * Sets the hash of the proof.
         *
         * @param newHash 64 hexadecimal digits in lower case
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder hash(String newHash) {
            hash = newHash;
            return this;
        }

        /**
         * Sets the operation that the holder confirmed.
         *
         * @param newOperation the operation
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder operation(Operation newOperation) {
            operation = newOperation;
            return this;
        }

        /**
         * Sets the token that the operation is about.
         *
         * @param newSerial the token; {@code null} for a new token and for an order without one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serial(@Nullable SerialNumber newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the first instant at which the proof is no longer accepted.
         *
         * @param newExpiresAt the first instant at which the proof is no longer accepted
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
         * @throws IllegalArgumentException if the hash has another form
         */
        public OpenProof build() {
            return new OpenProof(this);
        }
    }
}
