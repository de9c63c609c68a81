package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The suspension of a holder. Until an operator resumes the holder, every operation of the holder is refused, also with
 * tokens that the holder gets later. A suspension does not end automatically. Immutable.
 */
public final class HolderSuspension {
    private final SuspensionReason reason;
    private final Instant since;
    private final Operator operator;
    private final boolean loginAskedForCode;

    private HolderSuspension(Builder builder) {
        reason = requireNonNull(builder.reason, "reason");
        since = requireNonNull(builder.since, "since");
        operator = requireNonNull(builder.operator, "operator");
        loginAskedForCode = builder.loginAskedForCode;
        if (!reason.isForHolders()) {
            throw new IllegalArgumentException("reason must be one for a holder, not " + reason);
        }
    }

    /**
     * Begins to build a suspension from stored values.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the reason, one {@linkplain SuspensionReason#isForHolders for holders}} */
    public SuspensionReason reason() {
        return reason;
    }

    /** {@return the instant at which the suspension began} */
    public Instant since() {
        return since;
    }

    /** {@return the operator who suspended the holder} */
    public Operator operator() {
        return operator;
    }

    /** {@return whether login required a code of the holder when the suspension began} */
    public boolean loginAskedForCode() {
        return loginAskedForCode;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HolderSuspension that
                        && reason == that.reason
                        && since.equals(that.since)
                        && operator.equals(that.operator)
                        && loginAskedForCode == that.loginAskedForCode);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, since, operator, loginAskedForCode);
    }

    @Override
    public String toString() {
        return "HolderSuspension[reason=" + reason + ", since=" + since + ", operator=" + operator
                + ", loginAskedForCode=" + loginAskedForCode + "]";
    }

    /** Builds a {@link HolderSuspension}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SuspensionReason reason;
        private @Nullable Instant since;
        private @Nullable Operator operator;
        private boolean loginAskedForCode;

        private Builder() {}

        /**
         * Sets the reason.
         *
         * @param newReason the reason, one {@linkplain SuspensionReason#isForHolders for holders}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder reason(SuspensionReason newReason) {
            reason = newReason;
            return this;
        }

        /**
         * Sets the instant at which the suspension began.
         *
         * @param newSince the instant at which the suspension began
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder since(Instant newSince) {
            since = newSince;
            return this;
        }

        /**
         * Sets the operator who suspended the holder.
         *
         * @param newOperator the operator who suspended the holder
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder operator(Operator newOperator) {
            operator = newOperator;
            return this;
        }

        /**
         * Sets whether login required a code of the holder when the suspension began.
         *
         * @param newLoginAskedForCode whether login required a code of the holder when the suspension began
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder loginAskedForCode(boolean newLoginAskedForCode) {
            loginAskedForCode = newLoginAskedForCode;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the reason is not one for holders
         */
        public HolderSuspension build() {
            return new HolderSuspension(this);
        }
    }
}
