package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token that another system has in use, to be migrated.
 *
 * <p>All values are immutable except the secret. The owner of this object MUST destroy the secret after use. Safe
 * for use by several threads, like the secret.
 */
public final class ForeignToken {
    private final Holder holder;
    private final @Nullable UserId userId;
    private final @Nullable MailAddress mailAddress;
    private final TokenKind kind;
    private final @Nullable SerialNumber serial;
    private final OtpSecret secret;
    private final OtpProfile profile;
    private final CodeState codes;
    private final @Nullable Instant expiresAt;
    private final @Nullable SuspensionReason suspended;

    private ForeignToken(Builder builder) {
        holder = requireNonNull(builder.holder, "holder");
        userId = builder.userId;
        mailAddress = builder.mailAddress;
        kind = requireNonNull(builder.kind, "kind");
        serial = builder.serial;
        secret = requireNonNull(builder.secret, "secret");
        profile = requireNonNull(builder.profile, "profile");
        codes = requireNonNull(builder.codes, "codes");
        expiresAt = builder.expiresAt;
        suspended = builder.suspended;
        codes.requireFits(profile);
        if (kind == TokenKind.SOFTWARE && !(profile instanceof TotpProfile)) {
            throw new IllegalArgumentException("A software token must have a TOTP profile, not a HOTP profile");
        }
        if (kind == TokenKind.HARDWARE && (serial == null || expiresAt == null)) {
            throw new IllegalArgumentException("A hardware token must have a serial number and an expiry");
        }
    }

    /**
     * Begins to describe a token.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to describe a hardware token from a record of a seed file. {@code Time} of a PSKC file becomes the last accepted
     * time step, unless it is 0. The token has no key for signing, even if the seed has one. The caller MUST destroy the key of
     * the seed.
     *
     * @param seed the seed, whose secret the token shares
     * @param holder the holder of the token
     * @return a builder with every value that the seed has
     * @throws IllegalArgumentException if the drift is beyond {@link dev.watchword.otp.TotpWindow#MAX_DRIFT}
     */
    public static Builder of(Seed seed, Holder holder) {
        Builder builder = builder()
                .holder(holder)
                .kind(TokenKind.HARDWARE)
                .serial(seed.serial())
                .secret(seed.secret())
                .expiresAt(seed.expiresAt() == null ? null : seed.expiresAt().truncatedTo(ChronoUnit.MICROS));
        if (seed.profile() instanceof SeedProfile.ForTotp totp) {
            long lastStep = totp.time() == 0 ? Totp.NO_STEP : totp.time();
            return builder.profile(totp.profile()).codes(new CodeState(lastStep, totp.drift()));
        }
        SeedProfile.ForHotp hotp = (SeedProfile.ForHotp) seed.profile();
        return builder.profile(hotp.profile()).codes(CodeState.ofNextCounter(hotp.counter()));
    }

    /**
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.holder = holder;
        builder.userId = userId;
        builder.mailAddress = mailAddress;
        builder.kind = kind;
        builder.serial = serial;
        builder.secret = secret;
        builder.profile = profile;
        builder.codes = codes;
        builder.expiresAt = expiresAt;
        builder.suspended = suspended;
        return builder;
    }

    /** {@return the holder of the token} */
    public Holder holder() {
        return holder;
    }

    /** {@return the holder's user ID to keep; {@code null} to allot a new one} */
    public @Nullable UserId userId() {
        return userId;
    }

    /** {@return the address for notices about tokens; {@code null} if it is unknown} */
    public @Nullable MailAddress mailAddress() {
        return mailAddress;
    }

    /** {@return the kind of token: software or hardware} */
    public TokenKind kind() {
        return kind;
    }

    /** {@return the serial number; {@code null} for a software token that gets one from the number source} */
    public @Nullable SerialNumber serial() {
        return serial;
    }

    /** {@return the secret} */
    public OtpSecret secret() {
        return secret;
    }

    /** {@return the parameters of the codes: a TOTP profile, or for a hardware token also a HOTP profile} */
    public OtpProfile profile() {
        return profile;
    }

    /**
     * {@return the last accepted moving factor and the drift in the other system; with {@link
     * dev.watchword.otp.Totp#NO_STEP} as the last step, every code for a time step up to the migration is refused}
     */
    public CodeState codes() {
        return codes;
    }

    /**
     * {@return the first instant at which the token no longer accepts a code; {@code null} for a software token that gets the
     * lifetime of the policy}
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the reason of its suspension in the other system; {@code null} if it is not suspended} */
    public @Nullable SuspensionReason suspended() {
        return suspended;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ForeignToken that
                        && holder.equals(that.holder)
                        && Objects.equals(userId, that.userId)
                        && Objects.equals(mailAddress, that.mailAddress)
                        && kind.equals(that.kind)
                        && Objects.equals(serial, that.serial)
                        && secret.equals(that.secret)
                        && profile.equals(that.profile)
                        && codes.equals(that.codes)
                        && Objects.equals(expiresAt, that.expiresAt)
                        && Objects.equals(suspended, that.suspended));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, userId, mailAddress, kind, serial, secret, profile, codes, expiresAt, suspended);
    }

    /** {@return the serial number and the profile, without the secret and the holder} */
    @Override
    public String toString() {
        return "ForeignToken[" + serial + ", " + profile + "]";
    }

    /** Builds a {@link ForeignToken}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Holder holder;
        private @Nullable UserId userId;
        private @Nullable MailAddress mailAddress;
        private @Nullable TokenKind kind;
        private @Nullable SerialNumber serial;
        private @Nullable OtpSecret secret;
        private @Nullable OtpProfile profile;
        private CodeState codes = CodeState.NEW;
        private @Nullable Instant expiresAt;
        private @Nullable SuspensionReason suspended;

        private Builder() {}

        /**
         * Sets the holder of the token.
         *
         * @param newHolder the holder of the token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder holder(Holder newHolder) {
            holder = newHolder;
            return this;
        }

        /**
         * Sets the holder's user ID to keep.
         *
         * @param newUserId the holder's user ID to keep; {@code null} to allot a new one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder userId(@Nullable UserId newUserId) {
            userId = newUserId;
            return this;
        }

        /**
         * Sets the address for notices about tokens.
         *
         * @param newMailAddress the address for notices about tokens; {@code null} if it is unknown
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder mailAddress(@Nullable MailAddress newMailAddress) {
            mailAddress = newMailAddress;
            return this;
        }

        /**
         * Sets the kind of token: software or hardware.
         *
         * @param newKind the kind of token: software or hardware
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
         * @param newSerial the serial number; {@code null} for a software token that gets one from the number source
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serial(@Nullable SerialNumber newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the secret.
         *
         * @param newSecret the secret
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder secret(OtpSecret newSecret) {
            secret = newSecret;
            return this;
        }

        /**
         * Sets the parameters of the codes: a TOTP profile, or for a hardware token also a HOTP profile.
         *
         * @param newProfile the parameters of the codes: a TOTP profile, or for a hardware token also a HOTP
         *     profile
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder profile(OtpProfile newProfile) {
            profile = newProfile;
            return this;
        }

        /**
         * Sets the last accepted moving factor and the drift in the other system; with {@link
         * dev.watchword.otp.Totp#NO_STEP} as the last step, every code for a time step up to the migration is
         * refused.
         *
         * @param newCodes the last accepted moving factor and the drift in the other system; with {@link
         *     dev.watchword.otp.Totp#NO_STEP} as the last step, every code for a time step up to the migration is
         *     refused
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder codes(CodeState newCodes) {
            codes = newCodes;
            return this;
        }

        /**
         * Sets the first instant at which the token no longer accepts a code.
         *
         * @param newExpiresAt the first instant at which the token no longer accepts a code; {@code null} for a
         *     software token that gets the lifetime of the policy
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder expiresAt(@Nullable Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Sets the reason of its suspension in the other system.
         *
         * @param newSuspended the reason of its suspension in the other system; {@code null} if it is not
         *     suspended
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder suspended(@Nullable SuspensionReason newSuspended) {
            suspended = newSuspended;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a software token has a HOTP profile, if a hardware token has no serial
         *     number or expiry, or if the code state does not fit the profile
         */
        public ForeignToken build() {
            return new ForeignToken(this);
        }
    }
}
