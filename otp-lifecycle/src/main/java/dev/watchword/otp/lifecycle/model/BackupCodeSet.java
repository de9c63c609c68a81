package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored set of emergency codes or recovery codes with at least one unused code (R14.1, R14.2). The number of its slot, from 0,
 * identifies a code. Immutable.
 */
public final class BackupCodeSet {
    /** The maximum number of codes in a set. */
    public static final int MAX_CODES = BackupCodeText.MAX_SLOTS;

    private final SealedSecret hashes;
    private final int unused;
    private final int failures;
    private final Instant createdAt;
    private final @Nullable Instant expiresAt;

    private BackupCodeSet(Builder builder) {
        hashes = requireNonNull(builder.hashes, "hashes");
        unused = builder.unused;
        failures = builder.failures;
        createdAt = requireNonNull(builder.createdAt, "createdAt");
        expiresAt = builder.expiresAt;
        if (unused < 1 || unused >= 1 << MAX_CODES) {
            throw new IllegalArgumentException(
                    "unused must have 1 to " + MAX_CODES + " slots, one bit each, and be greater than 0");
        }
        if (failures < 0) {
            throw new IllegalArgumentException("failures must be 0 or more, not " + failures);
        }
    }

    /**
     * Begins to build a set from stored values.
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
        builder.hashes = hashes;
        builder.unused = unused;
        builder.failures = failures;
        builder.createdAt = createdAt;
        builder.expiresAt = expiresAt;
        return builder;
    }

    /** {@return the encrypted hashes of all codes of the set, with their common salt} */
    public SealedSecret hashes() {
        return hashes;
    }

    /** {@return the slots of the unused codes: bit 0 for slot 0, and so on; at least one bit is set} */
    public int unused() {
        return unused;
    }

    /** {@return the number of consecutive wrong codes} */
    public int failures() {
        return failures;
    }

    /** {@return the instant at which the set was created} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return the first instant at which no code of the set is accepted; {@code null} if the set does not expire} */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns whether the code of a slot is unused.
     *
     * @param slot the slot, from 0
     * @return whether the slot has an unused code
     */
    public boolean isUnused(int slot) {
        return slot >= 0 && slot < MAX_CODES && (unused & 1 << slot) != 0;
    }

    /** {@return the number of unused codes, at least 1} */
    public int unusedCount() {
        return Integer.bitCount(unused);
    }

    /**
     * Returns whether the set has expired.
     *
     * @param now the current instant
     * @return whether no code of the set is accepted at this instant or later
     */
    public boolean isExpiredAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof BackupCodeSet that
                        && hashes.equals(that.hashes)
                        && unused == that.unused
                        && failures == that.failures
                        && createdAt.equals(that.createdAt)
                        && Objects.equals(expiresAt, that.expiresAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(hashes, unused, failures, createdAt, expiresAt);
    }

    @Override
    public String toString() {
        return "BackupCodeSet[hashes=" + hashes + ", unused=" + unused + ", failures=" + failures + ", createdAt="
                + createdAt + ", expiresAt=" + expiresAt + "]";
    }

    /** Builds a {@link BackupCodeSet}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SealedSecret hashes;
        private int unused;
        private int failures;
        private @Nullable Instant createdAt;
        private @Nullable Instant expiresAt;

        private Builder() {}

        /**
         * Sets the encrypted hashes of all codes of the set.
         *
         * @param newHashes the encrypted hashes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder hashes(SealedSecret newHashes) {
            hashes = newHashes;
            return this;
        }

        /**
         * Sets the slots of the unused codes.
         *
         * @param newUnused bit 0 for slot 0, and so on
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder unused(int newUnused) {
            unused = newUnused;
            return this;
        }

        /**
         * Sets the number of consecutive wrong codes.
         *
         * @param newFailures the number of consecutive wrong codes, 0 or more
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failures(int newFailures) {
            failures = newFailures;
            return this;
        }

        /**
         * Sets the instant at which the set was created.
         *
         * @param newCreatedAt the instant
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder createdAt(Instant newCreatedAt) {
            createdAt = newCreatedAt;
            return this;
        }

        /**
         * Sets the first instant at which no code of the set is accepted.
         *
         * @param newExpiresAt the instant; {@code null} if the set does not expire
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder expiresAt(@Nullable Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public BackupCodeSet build() {
            return new BackupCodeSet(this);
        }
    }
}
