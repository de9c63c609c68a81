package dev.watchword.otp.app;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.internal.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a software token, which an app receives when it is provisioned. Immutable, except that the secrets can
 * be destroyed. {@code toString} shows no secret.
 */
public final class TokenContents {
    /** The maximum length of an institution's name, in {@code char}s. */
    public static final int MAX_INSTITUTION_LENGTH = 100;

    private final OtpSecret secret;
    private final TotpProfile profile;
    private final String serial;
    private final String institution;
    private final String serviceId;
    private final String userId;
    private final Instant start;
    private final Instant expiry;
    private final @Nullable OtpSecret signingSecret;
    private final @Nullable OcraSuite signingSuite;

    private TokenContents(Builder builder) {
        secret = requireNonNull(builder.secret, "secret");
        profile = requireNonNull(builder.profile, "profile");
        serial = requireNonNull(builder.serial, "serial");
        institution = requireNonNull(builder.institution, "institution");
        serviceId = requireNonNull(builder.serviceId, "serviceId");
        userId = requireNonNull(builder.userId, "userId");
        start = requireNonNull(builder.start, "start");
        expiry = requireNonNull(builder.expiry, "expiry");
        signingSecret = builder.signingSecret;
        signingSuite = builder.signingSuite;
        requireLength(secret);
        Require.instant(profile.t0(), "t0");
        Require.serial(serial);
        Require.text(institution, "institution", MAX_INSTITUTION_LENGTH);
        Owner.requireIds(serviceId, userId);
        Require.instant(start, "start");
        if (!Require.instant(expiry, "expiry").isAfter(start)) {
            throw new IllegalArgumentException("expiry must be after start");
        }
        requireSigningKey();
    }

    private void requireSigningKey() {
        if (signingSecret == null && signingSuite == null) {
            return;
        }
        if (signingSecret == null || signingSuite == null) {
            throw new IllegalArgumentException("signingSecret and signingSuite must be set together");
        }
        requireLength(signingSecret);
        if (signingSecret.equals(secret)) {
            throw new IllegalArgumentException("signingSecret must differ from the secret of the token's codes");
        }
        requireChallengeOnly(signingSuite);
    }

    /** Requires a suite whose only input is a challenge. */
    static void requireChallengeOnly(OcraSuite suite) {
        boolean only = !suite.hasCounter()
                && suite.pinHash().isEmpty()
                && suite.sessionLength() == 0
                && suite.timeStep().isEmpty();
        if (!only) {
            throw new IllegalArgumentException(
                    "signingSuite must have a challenge and no other input, such as" + " OCRA-1:HOTP-SHA256-8:QH64");
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
        builder.secret = secret;
        builder.profile = profile;
        builder.serial = serial;
        builder.institution = institution;
        builder.serviceId = serviceId;
        builder.userId = userId;
        builder.start = start;
        builder.expiry = expiry;
        builder.signingSecret = signingSecret;
        builder.signingSuite = signingSuite;
        return builder;
    }

    /** Returns the same contents without the signing secret and its suite. */
    TokenContents withoutSigningKey() {
        return signingSecret == null
                ? this
                : toBuilder().signingSecret(null).signingSuite(null).build();
    }

    /** {@return the token's secret, at least {@value OtpSecret#MIN_LENGTH} bytes} */
    public OtpSecret secret() {
        return secret;
    }

    /** {@return the parameters of the token's codes} */
    public TotpProfile profile() {
        return profile;
    }

    /** {@return the token's serial number, 1 to 64 printable ASCII characters without spaces} */
    public String serial() {
        return serial;
    }

    /**
     * {@return the institution's name as the app displays it, 1 to {@value TokenContents#MAX_INSTITUTION_LENGTH}
     * characters}
     */
    public String institution() {
        return institution;
    }

    /** {@return the institution's service ID, 8 ASCII digits} */
    public String serviceId() {
        return serviceId;
    }

    /** {@return the holder's user ID at the institution, 12 ASCII digits} */
    public String userId() {
        return userId;
    }

    /** {@return the instant of provisioning, in the years 1 to 9999} */
    public Instant start() {
        return start;
    }

    /**
     * {@return the first instant at which the token shows no code, after the start and in the years 1 to 9999}
     */
    public Instant expiry() {
        return expiry;
    }

    /**
     * {@return the secret by which the token signs transactions, at least {@value OtpSecret#MIN_LENGTH} bytes; empty for a
     * token that shows codes only}
     */
    public Optional<OtpSecret> signingSecret() {
        return Optional.ofNullable(signingSecret);
    }

    /** {@return the suite of the signing secret, which has a challenge and no other input; empty without a signing secret} */
    public Optional<OcraSuite> signingSuite() {
        return Optional.ofNullable(signingSuite);
    }

    private static void requireLength(OtpSecret secret) {
        byte[] bytes = secret.exposeBytes();
        Arrays.fill(bytes, (byte) 0);
        if (bytes.length < OtpSecret.MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "The secret of an app's token must have at least " + OtpSecret.MIN_LENGTH + " bytes");
        }
    }

    Owner owner() {
        return new Owner(serviceId, userId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenContents that
                        && secret.equals(that.secret)
                        && profile.equals(that.profile)
                        && serial.equals(that.serial)
                        && institution.equals(that.institution)
                        && serviceId.equals(that.serviceId)
                        && userId.equals(that.userId)
                        && start.equals(that.start)
                        && expiry.equals(that.expiry)
                        && Objects.equals(signingSecret, that.signingSecret)
                        && Objects.equals(signingSuite, that.signingSuite));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                secret, profile, serial, institution, serviceId, userId, start, expiry, signingSecret, signingSuite);
    }

    @Override
    public String toString() {
        return "TokenContents[secret=" + secret + ", profile=" + profile + ", serial=" + serial + ", institution="
                + institution + ", serviceId=" + serviceId + ", userId=" + userId + ", start=" + start + ", expiry="
                + expiry + ", signingSecret=" + signingSecret + ", signingSuite=" + signingSuite + "]";
    }

    /** Builds a {@link TokenContents}. Not thread-safe. */
    public static final class Builder {
        private @Nullable OtpSecret secret;
        private @Nullable TotpProfile profile;
        private @Nullable String serial;
        private @Nullable String institution;
        private @Nullable String serviceId;
        private @Nullable String userId;
        private @Nullable Instant start;
        private @Nullable Instant expiry;
        private @Nullable OtpSecret signingSecret;
        private @Nullable OcraSuite signingSuite;

        private Builder() {}

        /**
         * Sets the token's secret, at least {@value OtpSecret#MIN_LENGTH} bytes.
         *
         * @param newSecret the token's secret, at least {@value OtpSecret#MIN_LENGTH} bytes
         * @return this builder
         */
        public Builder secret(OtpSecret newSecret) {
            secret = newSecret;
            return this;
        }

        /**
         * Sets the parameters of the token's codes.
         *
         * @param newProfile the parameters of the token's codes
         * @return this builder
         */
        public Builder profile(TotpProfile newProfile) {
            profile = newProfile;
            return this;
        }

        /**
         * Sets the token's serial number, 1 to 64 printable ASCII characters without spaces.
         *
         * @param newSerial the token's serial number, 1 to 64 printable ASCII characters without spaces
         * @return this builder
         */
        public Builder serial(String newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the institution's name as the app displays it, 1 to {@value TokenContents#MAX_INSTITUTION_LENGTH}
         * characters.
         *
         * @param newInstitution the institution's name as the app displays it, 1 to {@value
         *     TokenContents#MAX_INSTITUTION_LENGTH} characters
         * @return this builder
         */
        public Builder institution(String newInstitution) {
            institution = newInstitution;
            return this;
        }

        /**
         * Sets the institution's service ID, 8 ASCII digits.
         *
         * @param newServiceId the institution's service ID, 8 ASCII digits
         * @return this builder
         */
        public Builder serviceId(String newServiceId) {
            serviceId = newServiceId;
            return this;
        }

        /**
         * Sets the holder's user ID at the institution, 12 ASCII digits.
         *
         * @param newUserId the holder's user ID at the institution, 12 ASCII digits
         * @return this builder
         */
        public Builder userId(String newUserId) {
            userId = newUserId;
            return this;
        }

        /**
         * Sets the instant of provisioning, in the years 1 to 9999.
         *
         * @param newStart the instant of provisioning, in the years 1 to 9999
         * @return this builder
         */
        public Builder start(Instant newStart) {
            start = newStart;
            return this;
        }

        /**
         * Sets the first instant at which the token shows no code, after the start and in the years 1 to 9999.
         *
         * @param newExpiry the first instant at which the token shows no code, after the start and in the years 1
         *     to 9999
         * @return this builder
         */
        public Builder expiry(Instant newExpiry) {
            expiry = newExpiry;
            return this;
        }

        /**
         * Sets the secret by which the token signs transactions. It MUST be independent of the secret of the codes. Optional,
         * and required with a {@link #signingSuite}.
         *
         * @param newSigningSecret at least {@value OtpSecret#MIN_LENGTH} bytes, or {@code null}
         * @return this builder
         */
        public Builder signingSecret(@Nullable OtpSecret newSigningSecret) {
            signingSecret = newSigningSecret;
            return this;
        }

        /**
         * Sets the suite of the signing secret. An app has no counter, PIN, session or clock that the institution knows, so
         * the suite has a challenge only. A challenge of {@code QH64} stands for the whole digest of a request. Optional,
         * and required with a {@link #signingSecret}.
         *
         * @param newSigningSuite a suite with a challenge and no other input, or {@code null}
         * @return this builder
         */
        public Builder signingSuite(@Nullable OcraSuite newSigningSuite) {
            signingSuite = newSigningSuite;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a value is out of range; the message names the value
         * @throws IllegalStateException if a secret is destroyed
         */
        public TokenContents build() {
            return new TokenContents(this);
        }
    }
}
