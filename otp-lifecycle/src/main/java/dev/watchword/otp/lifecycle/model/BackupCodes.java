package dev.watchword.otp.lifecycle.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored emergency codes and recovery codes of a holder, with the number of wrong codes of both kinds together. Immutable.
 */
public final class BackupCodes {
    /** No codes. */
    public static final BackupCodes NONE = builder().build();

    private final @Nullable BackupCodeSet emergency;
    private final @Nullable BackupCodeSet recovery;
    private final int failuresSinceAccepted;

    private BackupCodes(Builder builder) {
        emergency = builder.emergency;
        recovery = builder.recovery;
        failuresSinceAccepted = builder.failuresSinceAccepted;
        if ((emergency != null && emergency.expiresAt() == null)
                || (recovery != null && recovery.expiresAt() != null)) {
            throw new IllegalArgumentException(
                    "Emergency codes must have an expiry, and recovery codes must have none");
        }
        if (failuresSinceAccepted < 0) {
            throw new IllegalArgumentException("failuresSinceAccepted must be 0 or more, not " + failuresSinceAccepted);
        }
    }

    /**
     * Begins to build codes from stored values.
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
        builder.emergency = emergency;
        builder.recovery = recovery;
        builder.failuresSinceAccepted = failuresSinceAccepted;
        return builder;
    }

    /** {@return the emergency codes that an operator issued, or {@code null}} */
    public @Nullable BackupCodeSet emergency() {
        return emergency;
    }

    /** {@return the recovery codes that the holder created, or {@code null}} */
    public @Nullable BackupCodeSet recovery() {
        return recovery;
    }

    /**
     * {@return the number of wrong emergency and recovery codes since the last accepted one, or since the last accepted code of a
     * token; new codes do not reset it}
     */
    public int failuresSinceAccepted() {
        return failuresSinceAccepted;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof BackupCodes that
                        && Objects.equals(emergency, that.emergency)
                        && Objects.equals(recovery, that.recovery)
                        && failuresSinceAccepted == that.failuresSinceAccepted);
    }

    @Override
    public int hashCode() {
        return Objects.hash(emergency, recovery, failuresSinceAccepted);
    }

    @Override
    public String toString() {
        return "BackupCodes[emergency=" + emergency + ", recovery=" + recovery + ", failuresSinceAccepted="
                + failuresSinceAccepted + "]";
    }

    /** Builds a {@link BackupCodes}. Not thread-safe. */
    public static final class Builder {
        private @Nullable BackupCodeSet emergency;
        private @Nullable BackupCodeSet recovery;
        private int failuresSinceAccepted;

        private Builder() {}

        /**
         * Sets the emergency codes.
         *
         * @param newEmergency the emergency codes, which MUST have an expiry; or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder emergency(@Nullable BackupCodeSet newEmergency) {
            emergency = newEmergency;
            return this;
        }

        /**
         * Sets the recovery codes.
         *
         * @param newRecovery the recovery codes, which MUST NOT have an expiry; or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder recovery(@Nullable BackupCodeSet newRecovery) {
            recovery = newRecovery;
            return this;
        }

        /**
         * Sets the number of wrong codes of both kinds since the last accepted one.
         *
         * @param newFailuresSinceAccepted the number, 0 or more
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failuresSinceAccepted(int newFailuresSinceAccepted) {
            failuresSinceAccepted = newFailuresSinceAccepted;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if the number is negative, if emergency codes have no expiry, or if recovery codes
         *     have one
         */
        public BackupCodes build() {
            return new BackupCodes(this);
        }
    }
}
