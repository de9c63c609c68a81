package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data of a token that may be shown. It never holds the secret. Show instants in the institution's time zone.
 * Immutable.
 */
public final class TokenInfo {
    private final TokenKind kind;
    private final SerialNumber serial;
    private final Instant issuedAt;
    private final @Nullable Instant provisionedAt;
    private final @Nullable Instant activatedAt;
    private final Instant expiresAt;
    private final @Nullable LocalDate lastAcceptedOn;
    private final boolean canSign;
    private final @Nullable Suspension suspension;

    private TokenInfo(Builder builder) {
        kind = requireNonNull(builder.kind, "kind");
        serial = requireNonNull(builder.serial, "serial");
        issuedAt = requireNonNull(builder.issuedAt, "issuedAt");
        provisionedAt = builder.provisionedAt;
        activatedAt = builder.activatedAt;
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
        lastAcceptedOn = builder.lastAcceptedOn;
        canSign = builder.canSign;
        suspension = builder.suspension;
    }

    /**
     * Begins to build the data.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the kind of the token} */
    public TokenKind kind() {
        return kind;
    }

    /** {@return the serial number} */
    public SerialNumber serial() {
        return serial;
    }

    /** {@return the instant at which the token was issued, or assigned to the order} */
    public Instant issuedAt() {
        return issuedAt;
    }

    /**
     * {@return the instant at which the app received its secret; {@code null} if it did not yet, and for a
     * hardware token}
     */
    public @Nullable Instant provisionedAt() {
        return provisionedAt;
    }

    /** {@return the instant at which the token was activated; {@code null} if it is not activated yet} */
    public @Nullable Instant activatedAt() {
        return activatedAt;
    }

    /** {@return the first instant at which the token accepts no code} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * {@return the day in UTC on which the last code was accepted, or the day of the activation or takeover if that is later;
     * {@code null} before the first accepted code. The history has the instant}
     */
    public @Nullable LocalDate lastAcceptedOn() {
        return lastAcceptedOn;
    }

    /** {@return whether the token signs transactions: the app of a software token, or a hardware token with a keypad} */
    public boolean canSign() {
        return canSign;
    }

    /** {@return the suspension; {@code null} if the token is not suspended} */
    public @Nullable Suspension suspension() {
        return suspension;
    }

    /**
     * Returns the data of a token that may be shown.
     *
     * @param token the token
     * @return its data
     */
    public static TokenInfo of(Token token) {
        Provisioning provisioning = token.provisioning();
        return builder()
                .kind(token.kind())
                .serial(token.serial())
                .issuedAt(token.issuedAt())
                .provisionedAt(provisioning == null ? null : provisioning.provisionedAt())
                .activatedAt(token.activatedAt())
                .expiresAt(token.expiresAt())
                .lastAcceptedOn(token.lastAcceptedOn())
                .canSign(token.signing() != null)
                .suspension(token.suspension())
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenInfo that
                        && kind.equals(that.kind)
                        && serial.equals(that.serial)
                        && issuedAt.equals(that.issuedAt)
                        && Objects.equals(provisionedAt, that.provisionedAt)
                        && Objects.equals(activatedAt, that.activatedAt)
                        && expiresAt.equals(that.expiresAt)
                        && Objects.equals(lastAcceptedOn, that.lastAcceptedOn)
                        && canSign == that.canSign
                        && Objects.equals(suspension, that.suspension));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                kind, serial, issuedAt, provisionedAt, activatedAt, expiresAt, lastAcceptedOn, canSign, suspension);
    }

    @Override
    public String toString() {
        return "TokenInfo[kind=" + kind + ", serial=" + serial + ", issuedAt=" + issuedAt + ", provisionedAt="
                + provisionedAt + ", activatedAt=" + activatedAt + ", expiresAt=" + expiresAt + ", lastAcceptedOn="
                + lastAcceptedOn + ", canSign=" + canSign + ", suspension="
                + suspension + "]";
    }

    /** Builds a {@link TokenInfo}. Not thread-safe. */
    public static final class Builder {
        private @Nullable TokenKind kind;
        private @Nullable SerialNumber serial;
        private @Nullable Instant issuedAt;
        private @Nullable Instant provisionedAt;
        private @Nullable Instant activatedAt;
        private @Nullable Instant expiresAt;
        private @Nullable LocalDate lastAcceptedOn;
        private boolean canSign;
        private @Nullable Suspension suspension;

        private Builder() {}

        /**
         * Sets the kind of the token.
         *
         * @param newKind the kind of the token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder kind(TokenKind newKind) {
            kind = newKind;
            return this;
        }

        /**
         * Sets the serial number.
         *
         * @param newSerial the serial number
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serial(SerialNumber newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the instant at which the token was issued, or assigned to the order.
         *
         * @param newIssuedAt the instant at which the token was issued, or assigned to the order
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder issuedAt(Instant newIssuedAt) {
            issuedAt = newIssuedAt;
            return this;
        }

        /**
         * Sets the instant at which the app received its secret.
         *
         * @param newProvisionedAt the instant at which the app received its secret; {@code null} if it did not
         *     yet, and for a hardware token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder provisionedAt(@Nullable Instant newProvisionedAt) {
            provisionedAt = newProvisionedAt;
            return this;
        }

        /**
         * Sets the instant at which the token was activated.
         *
         * @param newActivatedAt the instant at which the token was activated; {@code null} if it is not activated
         *     yet
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder activatedAt(@Nullable Instant newActivatedAt) {
            activatedAt = newActivatedAt;
            return this;
        }

        /**
         * Sets the first instant at which the token accepts no code.
         *
         * @param newExpiresAt the first instant at which the token accepts no code
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder expiresAt(Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Sets the day of the last accepted code.
         *
         * @param newLastAcceptedOn the day in UTC on which the last code was accepted, or the day of the activation or takeover if
         *     that is later; {@code null} before the first accepted code
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lastAcceptedOn(@Nullable LocalDate newLastAcceptedOn) {
            lastAcceptedOn = newLastAcceptedOn;
            return this;
        }

        /**
         * Sets whether the token signs transactions. The default is {@code false}.
         *
         * @param newCanSign whether the token signs transactions
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder canSign(boolean newCanSign) {
            canSign = newCanSign;
            return this;
        }

        /**
         * Sets the suspension.
         *
         * @param newSuspension the suspension; {@code null} if the token is not suspended
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder suspension(@Nullable Suspension newSuspension) {
            suspension = newSuspension;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         */
        public TokenInfo build() {
            return new TokenInfo(this);
        }
    }
}
