package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A finished operation, as a {@link TokenListener} receives it. Immutable. */
public final class MeasuredOperation {
    private final ServiceId serviceId;
    private final String operation;
    private final @Nullable Refusal refusal;
    private final boolean failed;
    private final int tries;
    private final Duration time;

    private MeasuredOperation(Builder builder) {
        serviceId = requireNonNull(builder.serviceId, "serviceId");
        operation = requireNonNull(builder.operation, "operation");
        refusal = builder.refusal;
        failed = builder.failed;
        tries = builder.tries;
        time = requireNonNull(builder.time, "time");
    }

    /**
     * Begins to build a value, for tests of listeners.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the institution} */
    public ServiceId serviceId() {
        return serviceId;
    }

    /**
     * {@return the name of the operation, such as {@code verify} or {@code revoke-by-operator}, one of about two
     * dozen}
     */
    public String operation() {
        return operation;
    }

    /** {@return the reason of the refusal; {@code null} if the operation was not refused} */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** {@return whether the operation failed with an exception} */
    public boolean failed() {
        return failed;
    }

    /**
     * {@return the number of decisions: more than 1 after a lost race, 0 if the operation failed or was refused
     * before the first one}
     */
    public int tries() {
        return tries;
    }

    /**
     * {@return the duration by the wall clock, not by the clock of the institution; it includes reads, password hashes, the
     * wait for them, and the commit; 0 if the operation was refused before it read anything}
     */
    public Duration time() {
        return time;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MeasuredOperation that
                        && serviceId.equals(that.serviceId)
                        && operation.equals(that.operation)
                        && Objects.equals(refusal, that.refusal)
                        && failed == that.failed
                        && tries == that.tries
                        && time.equals(that.time));
    }

    @Override
    public int hashCode() {
        return Objects.hash(serviceId, operation, refusal, failed, tries, time);
    }

    @Override
    public String toString() {
        return "MeasuredOperation[serviceId=" + serviceId + ", operation=" + operation + ", refusal=" + refusal
                + ", failed=" + failed + ", tries=" + tries + ", time=" + time + "]";
    }

    /** Builds a {@link MeasuredOperation}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ServiceId serviceId;
        private @Nullable String operation;
        private @Nullable Refusal refusal;
        private boolean failed;
        private int tries;
        private @Nullable Duration time;

        private Builder() {}

        /**
         * Sets the institution.
         *
         * @param newServiceId the institution
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serviceId(ServiceId newServiceId) {
            serviceId = newServiceId;
            return this;
        }

        /**
         * Sets the name of the operation, such as {@code verify} or {@code revoke-by-operator}, one of about two
         * dozen.
         *
         * @param newOperation the name of the operation, such as {@code verify} or {@code revoke-by-operator}, one
         *     of about two dozen
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder operation(String newOperation) {
            operation = newOperation;
            return this;
        }

        /**
         * Sets the reason of the refusal.
         *
         * @param newRefusal the reason of the refusal; {@code null} if the operation was not refused
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder refusal(@Nullable Refusal newRefusal) {
            refusal = newRefusal;
            return this;
        }

        /**
         * Sets whether the operation failed with an exception.
         *
         * @param newFailed whether the operation failed with an exception
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failed(boolean newFailed) {
            failed = newFailed;
            return this;
        }

        /**
         * Sets the number of decisions: more than 1 after a lost race, 0 if the operation failed or was refused
         * before the first one.
         *
         * @param newTries the number of decisions: more than 1 after a lost race, 0 if the operation failed or was
         *     refused before the first one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder tries(int newTries) {
            tries = newTries;
            return this;
        }

        /**
         * Sets the duration by the wall clock.
         *
         * @param newTime the duration by the wall clock, not by the clock of the institution
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder time(Duration newTime) {
            time = newTime;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         */
        public MeasuredOperation build() {
            return new MeasuredOperation(this);
        }
    }
}
