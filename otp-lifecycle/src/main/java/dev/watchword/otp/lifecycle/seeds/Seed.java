package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hardware token as its seed file describes it.
 *
 * <p>All values are immutable except the secrets. The owner of this object MUST {@linkplain #destroy() destroy} it
 * after use. Safe for use by several threads, like the secrets.
 *
 * <p>A PSKC file can limit the validity of the device and of the key. The stricter of the two limits applies. Each
 * label has 1 to {@value SeedLabel#MAX_LENGTH} characters. A label MUST NOT have white space at its ends, control
 * characters, lone surrogates or noncharacters.
 */
public final class Seed {
    private final SerialNumber serial;
    private final OtpSecret secret;
    private final SeedProfile profile;
    private final @Nullable Instant startsAt;
    private final @Nullable Instant expiresAt;
    private final Map<SeedLabel, String> labels;
    private final @Nullable SeedSigning signing;

    private Seed(Builder builder) {
        serial = requireNonNull(builder.serial, "serial");
        secret = requireNonNull(builder.secret, "secret");
        profile = requireNonNull(builder.profile, "profile");
        startsAt = builder.startsAt;
        expiresAt = builder.expiresAt;
        labels = copyOf(requireNonNull(builder.labels, "labels"));
        signing = builder.signing;
        if (startsAt != null && expiresAt != null && !startsAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("expiresAt must be later than startsAt");
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
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.serial = serial;
        builder.secret = secret;
        builder.profile = profile;
        builder.startsAt = startsAt;
        builder.expiresAt = expiresAt;
        builder.labels = labels;
        builder.signing = signing;
        return builder;
    }

    /** {@return the serial number on the token} */
    public SerialNumber serial() {
        return serial;
    }

    /** {@return the secret of its codes} */
    public OtpSecret secret() {
        return secret;
    }

    /** {@return the parameters and the current moving factor of its codes} */
    public SeedProfile profile() {
        return profile;
    }

    /** {@return the first instant at which the token may be used; {@code null} if the file sets none} */
    public @Nullable Instant startsAt() {
        return startsAt;
    }

    /**
     * {@return the first instant at which the token may no longer be used; {@code null} if the file sets none}
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the descriptive texts of the file} */
    public Map<SeedLabel, String> labels() {
        return labels;
    }

    /** {@return the key with which the token signs transactions; {@code null} if it signs none} */
    public @Nullable SeedSigning signing() {
        return signing;
    }

    /** Destroys the secret of the codes and the secret of the key for signing. A second call has no effect. */
    public void destroy() {
        secret.destroy();
        if (signing != null) {
            signing.secret().destroy();
        }
    }

    private static Map<SeedLabel, String> copyOf(Map<SeedLabel, String> labels) {
        Map<SeedLabel, String> copy = new EnumMap<>(SeedLabel.class);
        copy.putAll(labels);
        copy.forEach((label, text) -> {
            if (!SeedLabel.isLabel(text)) {
                throw new IllegalArgumentException("The label " + label + " must have 1 to " + SeedLabel.MAX_LENGTH
                        + " characters, no white space at its ends, and no control characters, lone surrogates or"
                        + " noncharacters");
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Seed that
                        && serial.equals(that.serial)
                        && secret.equals(that.secret)
                        && profile.equals(that.profile)
                        && Objects.equals(startsAt, that.startsAt)
                        && Objects.equals(expiresAt, that.expiresAt)
                        && labels.equals(that.labels)
                        && Objects.equals(signing, that.signing));
    }

    @Override
    public int hashCode() {
        return Objects.hash(serial, secret, profile, startsAt, expiresAt, labels, signing);
    }

    /** {@return the serial number, the profile and the suite, without the secrets and the labels} */
    @Override
    public String toString() {
        return "Seed[" + serial + ", " + profile + (signing == null ? "" : ", " + signing) + "]";
    }

    /** Builds a {@link Seed}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SerialNumber serial;
        private @Nullable OtpSecret secret;
        private @Nullable SeedProfile profile;
        private @Nullable Instant startsAt;
        private @Nullable Instant expiresAt;
        private Map<SeedLabel, String> labels = Map.of();
        private @Nullable SeedSigning signing;

        private Builder() {}

        /**
         * Sets the serial number on the token.
         *
         * @param newSerial the serial number on the token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serial(SerialNumber newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the secret of its codes.
         *
         * @param newSecret the secret of its codes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder secret(OtpSecret newSecret) {
            secret = newSecret;
            return this;
        }

        /**
         * Sets the parameters and the current moving factor of its codes.
         *
         * @param newProfile the parameters and the current moving factor of its codes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder profile(SeedProfile newProfile) {
            profile = newProfile;
            return this;
        }

        /**
         * Sets the first instant at which the token may be used.
         *
         * @param newStartsAt the first instant at which the token may be used; {@code null} if the file sets none
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder startsAt(@Nullable Instant newStartsAt) {
            startsAt = newStartsAt;
            return this;
        }

        /**
         * Sets the first instant at which the token may no longer be used.
         *
         * @param newExpiresAt the first instant at which the token may no longer be used; {@code null} if the file
         *     sets none
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder expiresAt(@Nullable Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Sets the descriptive texts of the file.
         *
         * @param newLabels the descriptive texts of the file
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder labels(Map<SeedLabel, String> newLabels) {
            labels = newLabels;
            return this;
        }

        /**
         * Sets the key with which the token signs transactions.
         *
         * @param newSigning the key with which the token signs transactions; {@code null} if it signs none
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder signing(@Nullable SeedSigning newSigning) {
            signing = newSigning;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if expiresAt is not later than startsAt, or if a label breaks the rule
         *     above
         */
        public Seed build() {
            return new Seed(this);
        }
    }
}
