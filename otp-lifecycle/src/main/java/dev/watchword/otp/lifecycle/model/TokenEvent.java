package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event in a holder's history. The commit of a change also writes its events. An event never holds a code, a
 * secret or a password. Immutable.
 */
public final class TokenEvent {
    /** The greatest length of an operator's reason, in UTF-16 units. */
    public static final int MAX_REASON_LENGTH = 500;

    private final long number;
    private final Instant at;
    private final EventType type;
    private final @Nullable SerialNumber serial;
    private final @Nullable Purpose purpose;
    private final @Nullable Operator operator;
    private final @Nullable SuspensionReason suspensionReason;
    private final @Nullable String reason;
    private final Origin origin;
    private final @Nullable RequestReference request;

    private TokenEvent(Builder builder) {
        number = builder.number;
        at = requireNonNull(builder.at, "at");
        type = requireNonNull(builder.type, "type");
        serial = builder.serial;
        purpose = builder.purpose;
        operator = builder.operator;
        suspensionReason = builder.suspensionReason;
        reason = builder.reason;
        origin = requireNonNull(builder.origin, "origin");
        request = builder.request;
        if (number < 1) {
            throw new IllegalArgumentException("An event number must be 1 or more, not " + number);
        }
        if (reason != null) {
            Require.text(reason, "reason", MAX_REASON_LENGTH);
        }
    }

    /**
     * Begins to build an event from stored values.
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
        builder.number = number;
        builder.at = at;
        builder.type = type;
        builder.serial = serial;
        builder.purpose = purpose;
        builder.operator = operator;
        builder.suspensionReason = suspensionReason;
        builder.reason = reason;
        builder.origin = origin;
        builder.request = request;
        return builder;
    }

    /** {@return the number in the history, from 1, without gaps} */
    public long number() {
        return number;
    }

    /** {@return the instant of the change} */
    public Instant at() {
        return at;
    }

    /** {@return the type of the event} */
    public EventType type() {
        return type;
    }

    /** {@return the token that the event is about; {@code null} if it is about none, such as an order} */
    public @Nullable SerialNumber serial() {
        return serial;
    }

    /** {@return the purpose of the code or of the confirmed operation, or {@code null}} */
    public @Nullable Purpose purpose() {
        return purpose;
    }

    /**
     * {@return the operator who acted for the institution; {@code null} if the holder or the library acted}
     */
    public @Nullable Operator operator() {
        return operator;
    }

    /** {@return the reason of a suspension; {@code null} for other events} */
    public @Nullable SuspensionReason suspensionReason() {
        return suspensionReason;
    }

    /**
     * {@return the operator's reason in words, at most {@value TokenEvent#MAX_REASON_LENGTH} characters; {@code
     * null} if none was given, or after an erasure}
     */
    public @Nullable String reason() {
        return reason;
    }

    /** {@return the origin of the request; {@link Origin#NONE} if the application named none, or after an erasure} */
    public Origin origin() {
        return origin;
    }

    /** {@return the signing request that the event is about; {@code null} for other events} */
    public @Nullable RequestReference request() {
        return request;
    }

    /** {@return whether the event has words that an erasure removes: an operator's reason, a source or a reference} */
    public boolean hasWords() {
        return reason != null || !origin.isNone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenEvent that
                        && number == that.number
                        && at.equals(that.at)
                        && type.equals(that.type)
                        && Objects.equals(serial, that.serial)
                        && Objects.equals(purpose, that.purpose)
                        && Objects.equals(operator, that.operator)
                        && Objects.equals(suspensionReason, that.suspensionReason)
                        && Objects.equals(reason, that.reason)
                        && origin.equals(that.origin)
                        && Objects.equals(request, that.request));
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, at, type, serial, purpose, operator, suspensionReason, reason, origin, request);
    }

    @Override
    public String toString() {
        return "TokenEvent[number=" + number + ", at=" + at + ", type=" + type + ", serial=" + serial + ", purpose="
                + purpose + ", operator=" + operator + ", suspensionReason=" + suspensionReason + ", reason=" + reason
                + ", origin=" + origin + ", request=" + request + "]";
    }

    /** Builds a {@link TokenEvent}. Not thread-safe. */
    public static final class Builder {
        private long number;
        private @Nullable Instant at;
        private @Nullable EventType type;
        private @Nullable SerialNumber serial;
        private @Nullable Purpose purpose;
        private @Nullable Operator operator;
        private @Nullable SuspensionReason suspensionReason;
        private @Nullable String reason;
        private Origin origin = Origin.NONE;
        private @Nullable RequestReference request;

        private Builder() {}

        /**
         * Sets the number in the history, from 1, without gaps.
         *
         * @param newNumber the number in the history, from 1, without gaps
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder number(long newNumber) {
            number = newNumber;
            return this;
        }

        /**
         * Sets the instant of the change.
         *
         * @param newAt the instant of the change
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder at(Instant newAt) {
            at = newAt;
            return this;
        }

        /**
         * Sets the type of the event.
         *
         * @param newType the type of the event
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder type(EventType newType) {
            type = newType;
            return this;
        }

        /**
         * Sets the token that the event is about.
         *
         * @param newSerial the token that the event is about; {@code null} if it is about none, such as an order
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serial(@Nullable SerialNumber newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the purpose of the code or of the confirmed operation.
         *
         * @param newPurpose the purpose of the code or of the confirmed operation, or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder purpose(@Nullable Purpose newPurpose) {
            purpose = newPurpose;
            return this;
        }

        /**
         * Sets the operator who acted for the institution.
         *
         * @param newOperator the operator who acted for the institution; {@code null} if the holder or the library
         *     acted
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder operator(@Nullable Operator newOperator) {
            operator = newOperator;
            return this;
        }

        /**
         * Sets the reason of a suspension.
         *
         * @param newSuspensionReason the reason of a suspension; {@code null} for other events
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder suspensionReason(@Nullable SuspensionReason newSuspensionReason) {
            suspensionReason = newSuspensionReason;
            return this;
        }

        /**
         * Sets the operator's reason in words, at most {@value TokenEvent#MAX_REASON_LENGTH} characters.
         *
         * @param newReason the operator's reason in words, at most {@value TokenEvent#MAX_REASON_LENGTH}
         *     characters; {@code null} if none was given, or after an erasure
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder reason(@Nullable String newReason) {
            reason = newReason;
            return this;
        }

        /**
         * Sets the origin of the request.
         *
         * @param newOrigin the origin; {@link Origin#NONE} if this method is not called
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder origin(Origin newOrigin) {
            origin = newOrigin;
            return this;
        }

        /**
         * Sets the signing request that the event is about.
         *
         * @param newRequest the signing request that the event is about; {@code null} for other events
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder request(@Nullable RequestReference newRequest) {
            request = newRequest;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the number is below 1, or the reason is too long or not plain text
         */
        public TokenEvent build() {
            return new TokenEvent(this);
        }
    }
}
