package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The provisioning of a software token: its app receives the secret once, with an activation password, on one
 * device. Immutable.
 */
public final class Provisioning {
    private final @Nullable SealedSecret password;
    private final int failures;
    private final Instant opensAt;
    private final Instant closesAt;
    private final @Nullable Instant provisionedAt;
    private final @Nullable DeviceFingerprint device;
    private final int repeats;

    private Provisioning(Builder builder) {
        password = builder.password;
        failures = builder.failures;
        opensAt = requireNonNull(builder.opensAt, "opensAt");
        closesAt = requireNonNull(builder.closesAt, "closesAt");
        provisionedAt = builder.provisionedAt;
        device = builder.device;
        repeats = builder.repeats;
        boolean done = provisionedAt != null;
        if (failures < 0
                || repeats < 0
                || (repeats > 0 && !done)
                || done != (device != null)
                || (done && password != null)) {
            throw new IllegalArgumentException("Provisioning contradicts itself: " + failures
                    + " failures, provisioned at " + provisionedAt + ", repeated " + repeats
                    + " times; only a finished provisioning has a device and repeats, and it has no password");
        }
    }

    /**
     * Begins to build a provisioning from stored values.
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
        builder.password = password;
        builder.failures = failures;
        builder.opensAt = opensAt;
        builder.closesAt = closesAt;
        builder.provisionedAt = provisionedAt;
        builder.device = device;
        builder.repeats = repeats;
        return builder;
    }

    /**
     * {@return the encrypted hash of the activation password; {@code null} after the password was used, was entered
     * wrongly too often, or has expired}
     */
    public @Nullable SealedSecret password() {
        return password;
    }

    /** {@return the number of wrong activation passwords that were counted} */
    public int failures() {
        return failures;
    }

    /** {@return the instant from which the app can be provisioned} */
    public Instant opensAt() {
        return opensAt;
    }

    /** {@return the first instant at which the activation password is no longer accepted} */
    public Instant closesAt() {
        return closesAt;
    }

    /** {@return the instant at which the app was provisioned; {@code null} if it is not provisioned yet} */
    public @Nullable Instant provisionedAt() {
        return provisionedAt;
    }

    /**
     * {@return the fingerprint of the device's public key; {@code null} if and only if the app is not provisioned yet}
     */
    public @Nullable DeviceFingerprint device() {
        return device;
    }

    /** {@return how often the provisioned device received its answer again} */
    public int repeats() {
        return repeats;
    }

    /** {@return whether the app was provisioned} */
    public boolean isDone() {
        return provisionedAt != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Provisioning that
                        && Objects.equals(password, that.password)
                        && failures == that.failures
                        && opensAt.equals(that.opensAt)
                        && closesAt.equals(that.closesAt)
                        && Objects.equals(provisionedAt, that.provisionedAt)
                        && Objects.equals(device, that.device)
                        && repeats == that.repeats);
    }

    @Override
    public int hashCode() {
        return Objects.hash(password, failures, opensAt, closesAt, provisionedAt, device, repeats);
    }

    @Override
    public String toString() {
        return "Provisioning[password=" + password + ", failures=" + failures + ", opensAt=" + opensAt + ", closesAt="
                + closesAt + ", provisionedAt=" + provisionedAt + ", device=" + device + ", repeats="
                + repeats + "]";
    }

    /** Builds a {@link Provisioning}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SealedSecret password;
        private int failures;
        private @Nullable Instant opensAt;
        private @Nullable Instant closesAt;
        private @Nullable Instant provisionedAt;
        private @Nullable DeviceFingerprint device;
        private int repeats;

        private Builder() {}

        /**
         * Sets the encrypted hash of the activation password.
         *
         * @param newPassword the encrypted hash of the activation password; {@code null} after the password was used,
         *     was entered wrongly too often, or has expired
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder password(@Nullable SealedSecret newPassword) {
            password = newPassword;
            return this;
        }

        /**
         * Sets the number of wrong activation passwords that were counted.
         *
         * @param newFailures the number of wrong activation passwords that were counted
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failures(int newFailures) {
            failures = newFailures;
            return this;
        }

        /**
         * Sets the instant from which the app can be provisioned.
         *
         * @param newOpensAt the instant from which the app can be provisioned
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder opensAt(Instant newOpensAt) {
            opensAt = newOpensAt;
            return this;
        }

        /**
         * Sets the first instant at which the activation password is no longer accepted.
         *
         * @param newClosesAt the first instant at which the activation password is no longer accepted
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder closesAt(Instant newClosesAt) {
            closesAt = newClosesAt;
            return this;
        }

        /**
         * Sets the instant at which the app was provisioned.
         *
         * @param newProvisionedAt the instant at which the app was provisioned; {@code null} if it is not
         *     provisioned yet
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder provisionedAt(@Nullable Instant newProvisionedAt) {
            provisionedAt = newProvisionedAt;
            return this;
        }

        /**
         * Sets the fingerprint of the device's public key.
         *
         * @param newDevice the fingerprint of the device's public key; {@code null} if and only if the app is not
         *     provisioned yet
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder device(@Nullable DeviceFingerprint newDevice) {
            device = newDevice;
            return this;
        }

        /**
         * Sets how often the provisioned device received its answer again.
         *
         * @param newRepeats how often the provisioned device received its answer again
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder repeats(int newRepeats) {
            repeats = newRepeats;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the values contradict each other
         */
        public Provisioning build() {
            return new Provisioning(this);
        }
    }
}
