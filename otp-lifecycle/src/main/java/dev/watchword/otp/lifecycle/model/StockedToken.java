package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hardware token in the institution's stock. Immutable. */
public final class StockedToken {
    private final BatchId batch;
    private final SerialNumber serial;
    private final OtpProfile profile;
    private final SealedSecret secret;
    private final @Nullable Instant startsAt;
    private final Instant expiresAt;
    private final CodeState codes;
    private final @Nullable SigningKey signing;

    private StockedToken(Builder builder) {
        batch = requireNonNull(builder.batch, "batch");
        serial = requireNonNull(builder.serial, "serial");
        profile = requireNonNull(builder.profile, "profile");
        secret = requireNonNull(builder.secret, "secret");
        startsAt = builder.startsAt;
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
        codes = requireNonNull(builder.codes, "codes");
        signing = builder.signing;
        if (startsAt != null && !startsAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("Token " + serial + " must expire after it starts");
        }
        codes.requireFits(profile);
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
        builder.batch = batch;
        builder.serial = serial;
        builder.profile = profile;
        builder.secret = secret;
        builder.startsAt = startsAt;
        builder.expiresAt = expiresAt;
        builder.codes = codes;
        builder.signing = signing;
        return builder;
    }

    /** {@return the batch that brought the token} */
    public BatchId batch() {
        return batch;
    }

    /** {@return the serial number} */
    public SerialNumber serial() {
        return serial;
    }

    /** {@return the parameters of its codes} */
    public OtpProfile profile() {
        return profile;
    }

    /** {@return the encrypted secret} */
    public SealedSecret secret() {
        return secret;
    }

    /** {@return the first instant at which the token may be used; {@code null} if its manufacturer set none} */
    public @Nullable Instant startsAt() {
        return startsAt;
    }

    /** {@return the first instant at which the token accepts no code} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the drift that the manufacturer recorded for a TOTP token, or the counter of a HOTP token} */
    public CodeState codes() {
        return codes;
    }

    /** {@return the key with which the token signs transactions; {@code null} if it signs none} */
    public @Nullable SigningKey signing() {
        return signing;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof StockedToken that
                        && batch.equals(that.batch)
                        && serial.equals(that.serial)
                        && profile.equals(that.profile)
                        && secret.equals(that.secret)
                        && Objects.equals(startsAt, that.startsAt)
                        && expiresAt.equals(that.expiresAt)
                        && codes.equals(that.codes)
                        && Objects.equals(signing, that.signing));
    }

    @Override
    public int hashCode() {
        return Objects.hash(batch, serial, profile, secret, startsAt, expiresAt, codes, signing);
    }

    @Override
    public String toString() {
        return "StockedToken[batch=" + batch + ", serial=" + serial + ", profile=" + profile + ", secret=" + secret
                + ", startsAt=" + startsAt + ", expiresAt=" + expiresAt + ", codes=" + codes + ", signing=" + signing
                + "]";
    }

    /** Builds a {@link StockedToken}. Not thread-safe. */
    public static final class Builder {
        private @Nullable BatchId batch;
        private @Nullable SerialNumber serial;
        private @Nullable OtpProfile profile;
        private @Nullable SealedSecret secret;
        private @Nullable Instant startsAt;
        private @Nullable Instant expiresAt;
        private CodeState codes = CodeState.NEW;
        private @Nullable SigningKey signing;

        private Builder() {}

        /**
         * Sets the batch that brought the token.
         *
         * @param newBatch the batch
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder batch(BatchId newBatch) {
            batch = newBatch;
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
         * Sets the encrypted secret.
         *
         * @param newSecret the encrypted secret
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder secret(SealedSecret newSecret) {
            secret = newSecret;
            return this;
        }

        /**
         * Sets the first instant at which the token may be used.
         *
         * @param newStartsAt the first instant at which the token may be used; {@code null} if its manufacturer set
         *     none
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder startsAt(@Nullable Instant newStartsAt) {
            startsAt = newStartsAt;
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
         * Sets the drift that the manufacturer recorded for a TOTP token, or the counter of a HOTP token.
         *
         * @param newCodes the drift that the manufacturer recorded for a TOTP token, or the counter of a HOTP token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder codes(CodeState newCodes) {
            codes = newCodes;
            return this;
        }

        /**
         * Sets the key with which the token signs transactions.
         *
         * @param newSigning the key with which the token signs transactions; {@code null} if it signs none
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
         * @throws IllegalArgumentException if the token expires before it starts, or its codes do not fit its
         *     profile
         */
        public StockedToken build() {
            return new StockedToken(this);
        }
    }
}
