package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stored token. Only the state machine decides how it changes. Immutable. */
public final class Token {
    private final SerialNumber serial;
    private final TokenKind kind;
    private final OtpProfile profile;
    private final TokenState state;
    private final @Nullable SealedSecret secret;
    private final Instant issuedAt;
    private final @Nullable Instant activatedAt;
    private final @Nullable Instant revokedAt;
    private final Instant expiresAt;
    private final CodeState codes;
    private final boolean counterUnknown;
    private final @Nullable LocalDate lastAcceptedOn;
    private final Failures failures;
    private final @Nullable Suspension suspension;
    private final @Nullable Provisioning provisioning;
    private final @Nullable SigningKey signing;

    private Token(Builder builder) {
        serial = requireNonNull(builder.serial, "serial");
        kind = requireNonNull(builder.kind, "kind");
        profile = requireNonNull(builder.profile, "profile");
        state = requireNonNull(builder.state, "state");
        secret = builder.secret;
        issuedAt = requireNonNull(builder.issuedAt, "issuedAt");
        activatedAt = builder.activatedAt;
        revokedAt = builder.revokedAt;
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
        codes = requireNonNull(builder.codes, "codes");
        counterUnknown = builder.counterUnknown;
        lastAcceptedOn = builder.lastAcceptedOn;
        failures = requireNonNull(builder.failures, "failures");
        suspension = builder.suspension;
        provisioning = builder.provisioning;
        signing = builder.signing;
        boolean revoked = state == TokenState.REVOKED;
        if (state == TokenState.UNREGISTERED || revoked == (secret != null) || revoked == (revokedAt == null)) {
            throw new IllegalArgumentException("Token " + serial + " in state " + state
                    + " contradicts itself: only a revoked token has an end and no secret");
        }
        if ((kind == TokenKind.SOFTWARE) != (provisioning != null)) {
            throw new IllegalArgumentException("Token " + serial + ": only a software token has a provisioning");
        }
        if (kind == TokenKind.SOFTWARE && !(profile instanceof TotpProfile)) {
            throw new IllegalArgumentException("Token " + serial + ": a software token must have a TOTP profile");
        }
        codes.requireFits(profile);
        if (counterUnknown && profile instanceof TotpProfile) {
            throw new IllegalArgumentException("Token " + serial + ": only a HOTP token can have an unknown counter");
        }
        if (revoked && provisioning != null && provisioning.password() != null) {
            throw new IllegalArgumentException(
                    "Token " + serial + " is revoked and must not have an activation password");
        }
        if (revoked && signing != null) {
            throw new IllegalArgumentException("Token " + serial + " is revoked and must not have a signing key");
        }
    }

    /**
     * Begins to build a token from stored values.
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
        builder.serial = serial;
        builder.kind = kind;
        builder.profile = profile;
        builder.state = state;
        builder.secret = secret;
        builder.issuedAt = issuedAt;
        builder.activatedAt = activatedAt;
        builder.revokedAt = revokedAt;
        builder.expiresAt = expiresAt;
        builder.codes = codes;
        builder.counterUnknown = counterUnknown;
        builder.lastAcceptedOn = lastAcceptedOn;
        builder.failures = failures;
        builder.suspension = suspension;
        builder.provisioning = provisioning;
        builder.signing = signing;
        return builder;
    }

    /** {@return the serial number} */
    public SerialNumber serial() {
        return serial;
    }

    /** {@return the kind of the token} */
    public TokenKind kind() {
        return kind;
    }

    /** {@return the parameters of its codes} */
    public OtpProfile profile() {
        return profile;
    }

    /** {@return the state: issued, active or revoked} */
    public TokenState state() {
        return state;
    }

    /** {@return the encrypted secret; {@code null} if and only if the token is revoked} */
    public @Nullable SealedSecret secret() {
        return secret;
    }

    /** {@return the instant at which the token was issued, or assigned to the order} */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** {@return the instant at which the token was activated; {@code null} if it never was} */
    public @Nullable Instant activatedAt() {
        return activatedAt;
    }

    /** {@return the instant at which the token was revoked; {@code null} if and only if it is not revoked} */
    public @Nullable Instant revokedAt() {
        return revokedAt;
    }

    /** {@return the first instant at which the token accepts no code} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the last accepted moving factor and the drift} */
    public CodeState codes() {
        return codes;
    }

    /**
     * {@return whether the last spent counter of this HOTP token is unknown, because the database was restored from a
     * backup. The token accepts no single code until two consecutive codes have resynchronised it}
     */
    public boolean counterUnknown() {
        return counterUnknown;
    }

    /**
     * {@return the day in UTC on which the last code of this token was accepted, or the day of its activation or takeover if that
     * is later; {@code null} before its first accepted code. Only the day is stored, so that it changes at most once a day}
     */
    public @Nullable LocalDate lastAcceptedOn() {
        return lastAcceptedOn;
    }

    /** {@return the counts of wrong codes of the token} */
    public Failures failures() {
        return failures;
    }

    /** {@return the suspension; {@code null} if the token is not suspended} */
    public @Nullable Suspension suspension() {
        return suspension;
    }

    /** {@return the provisioning of the app; {@code null} exactly for a hardware token} */
    public @Nullable Provisioning provisioning() {
        return provisioning;
    }

    /** {@return the key with which the token signs transactions; {@code null} if it has none or is revoked} */
    public @Nullable SigningKey signing() {
        return signing;
    }

    /** {@return whether the token is suspended} */
    public boolean isSuspended() {
        return suspension != null;
    }

    /**
     * Returns whether the token has expired.
     *
     * @param now the instant to compare with
     * @return whether the instant is at or after {@link #expiresAt}
     */
    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Token that
                        && serial.equals(that.serial)
                        && kind.equals(that.kind)
                        && profile.equals(that.profile)
                        && state.equals(that.state)
                        && Objects.equals(secret, that.secret)
                        && issuedAt.equals(that.issuedAt)
                        && Objects.equals(activatedAt, that.activatedAt)
                        && Objects.equals(revokedAt, that.revokedAt)
                        && expiresAt.equals(that.expiresAt)
                        && codes.equals(that.codes)
                        && counterUnknown == that.counterUnknown
                        && Objects.equals(lastAcceptedOn, that.lastAcceptedOn)
                        && failures.equals(that.failures)
                        && Objects.equals(suspension, that.suspension)
                        && Objects.equals(provisioning, that.provisioning)
                        && Objects.equals(signing, that.signing));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                serial,
                kind,
                profile,
                state,
                secret,
                issuedAt,
                activatedAt,
                revokedAt,
                expiresAt,
                codes,
                counterUnknown,
                lastAcceptedOn,
                failures,
                suspension,
                provisioning,
                signing);
    }

    @Override
    public String toString() {
        return "Token[serial=" + serial + ", kind=" + kind + ", profile=" + profile + ", state=" + state + ", secret="
                + secret + ", issuedAt=" + issuedAt + ", activatedAt=" + activatedAt + ", revokedAt=" + revokedAt
                + ", expiresAt=" + expiresAt + ", codes=" + codes + ", counterUnknown="
                + counterUnknown + ", lastAcceptedOn=" + lastAcceptedOn + ", failures=" + failures + ", suspension="
                + suspension + ", provisioning=" + provisioning + ", signing=" + signing + "]";
    }

    /** Builds a {@link Token}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SerialNumber serial;
        private @Nullable TokenKind kind;
        private @Nullable OtpProfile profile;
        private @Nullable TokenState state;
        private @Nullable SealedSecret secret;
        private @Nullable Instant issuedAt;
        private @Nullable Instant activatedAt;
        private @Nullable Instant revokedAt;
        private @Nullable Instant expiresAt;
        private CodeState codes = CodeState.NEW;
        private boolean counterUnknown;
        private @Nullable LocalDate lastAcceptedOn;
        private Failures failures = Failures.NONE;
        private @Nullable Suspension suspension;
        private @Nullable Provisioning provisioning;
        private @Nullable SigningKey signing;

        private Builder() {}

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
         * Sets the parameters of its codes.
         *
         * @param newProfile the parameters of its codes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder profile(OtpProfile newProfile) {
            profile = newProfile;
            return this;
        }

        /**
         * Sets the state: issued, active or revoked.
         *
         * @param newState the state: issued, active or revoked
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder state(TokenState newState) {
            state = newState;
            return this;
        }

        /**
         * Sets the encrypted secret.
         *
         * @param newSecret the encrypted secret; {@code null} if and only if the token is revoked
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder secret(@Nullable SealedSecret newSecret) {
            secret = newSecret;
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
         * Sets the instant at which the token was activated.
         *
         * @param newActivatedAt the instant at which the token was activated; {@code null} if it never was
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder activatedAt(@Nullable Instant newActivatedAt) {
            activatedAt = newActivatedAt;
            return this;
        }

        /**
         * Sets the instant at which the token was revoked.
         *
         * @param newRevokedAt the instant at which the token was revoked; {@code null} if and only if it is not
         *     revoked
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder revokedAt(@Nullable Instant newRevokedAt) {
            revokedAt = newRevokedAt;
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
         * Sets the last accepted moving factor and the drift.
         *
         * @param newCodes the last accepted moving factor and the drift
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder codes(CodeState newCodes) {
            codes = newCodes;
            return this;
        }

        /**
         * Sets whether the last spent counter of this HOTP token is unknown.
         *
         * @param newCounterUnknown whether the last spent counter of this HOTP token is unknown
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder counterUnknown(boolean newCounterUnknown) {
            counterUnknown = newCounterUnknown;
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
         * Sets the counts of wrong codes of the token.
         *
         * @param newFailures the counts of wrong codes of the token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failures(Failures newFailures) {
            failures = newFailures;
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
         * Sets the provisioning of the app.
         *
         * @param newProvisioning the provisioning of the app; {@code null} exactly for a hardware token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder provisioning(@Nullable Provisioning newProvisioning) {
            provisioning = newProvisioning;
            return this;
        }

        /**
         * Sets the key with which the token signs transactions.
         *
         * @param newSigning the key with which the token signs transactions; {@code null} if it has none or is revoked
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder signing(@Nullable SigningKey newSigning) {
            signing = newSigning;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the values contradict each other; the message names the token
         */
        public Token build() {
            return new Token(this);
        }
    }
}
