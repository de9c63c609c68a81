package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.signing.TransactionDetails;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stored signing request that waits for its confirmation (R13.2). It contains a digest of the transaction's purpose and details, but not
 * the details. Immutable.
 */
public final class OpenRequest {
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final RequestId id;
    private final SigningMethod method;
    private final SerialNumber serial;
    private final Purpose purpose;
    private final String nonce;
    private final String digest;
    private final @Nullable String detail;
    private final Instant expiresAt;

    private OpenRequest(Builder builder) {
        id = requireNonNull(builder.id, "id");
        method = requireNonNull(builder.method, "method");
        serial = requireNonNull(builder.serial, "serial");
        purpose = requireNonNull(builder.purpose, "purpose");
        nonce = requireNonNull(builder.nonce, "nonce");
        digest = requireNonNull(builder.digest, "digest");
        detail = builder.detail;
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
        if (!NONCE.matcher(nonce).matches() || !DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    "A signing request must have a nonce of 32 and a digest of 64 hexadecimal digits in lower case");
        }
        if ((method == SigningMethod.TYPED_DETAIL) != (detail != null)) {
            throw new IllegalArgumentException(
                    "detail must be set for the method TYPED_DETAIL, and null for any other method");
        }
        if (detail != null && !TransactionDetails.isName(detail)) {
            throw new IllegalArgumentException("The typed detail must have the form of a detail's name");
        }
    }

    /**
     * Begins to build a signing request from stored values.
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
        builder.id = id;
        builder.method = method;
        builder.serial = serial;
        builder.purpose = purpose;
        builder.nonce = nonce;
        builder.digest = digest;
        builder.detail = detail;
        builder.expiresAt = expiresAt;
        return builder;
    }

    /** {@return the identity of the request} */
    public RequestId id() {
        return id;
    }

    /** {@return the method by which the holder confirms the request} */
    public SigningMethod method() {
        return method;
    }

    /** {@return the serial number of the token that confirms the request} */
    public SerialNumber serial() {
        return serial;
    }

    /** {@return the purpose that the digest covers and the events record} */
    public Purpose purpose() {
        return purpose;
    }

    /** {@return the random value that makes the digest unique; 32 hexadecimal digits in lower case} */
    public String nonce() {
        return nonce;
    }

    /** {@return the digest of the request with its details; 64 hexadecimal digits in lower case} */
    public String digest() {
        return digest;
    }

    /**
     * {@return the name of the detail that the holder types, for {@link SigningMethod#TYPED_DETAIL}; {@code null} for any other
     * method}
     */
    public @Nullable String detail() {
        return detail;
    }

    /** {@return the first instant at which the request can no longer be confirmed} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns whether the request has expired.
     *
     * @param now the instant to compare with
     * @return whether the instant is at or after {@link #expiresAt}
     */
    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /**
     * Returns the identity and the digest, as events record them.
     *
     * @return the reference
     */
    public RequestReference reference() {
        return new RequestReference(id, digest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof OpenRequest that
                        && id.equals(that.id)
                        && method.equals(that.method)
                        && serial.equals(that.serial)
                        && purpose.equals(that.purpose)
                        && nonce.equals(that.nonce)
                        && digest.equals(that.digest)
                        && Objects.equals(detail, that.detail)
                        && expiresAt.equals(that.expiresAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, method, serial, purpose, nonce, digest, detail, expiresAt);
    }

    @Override
    public String toString() {
        return "OpenRequest[id=" + id + ", method=" + method + ", serial=" + serial + ", purpose=" + purpose
                + ", nonce=" + nonce + ", digest=" + digest + ", detail=" + detail + ", expiresAt=" + expiresAt + "]";
    }

    /** Builds {@link OpenRequest} values. Not thread-safe. */
    public static final class Builder {
        private @Nullable RequestId id;
        private @Nullable SigningMethod method;
        private @Nullable SerialNumber serial;
        private @Nullable Purpose purpose;
        private @Nullable String nonce;
        private @Nullable String digest;
        private @Nullable String detail;
        private @Nullable Instant expiresAt;

        private Builder() {}

        /**
         * Sets the identity of the request.
         *
         * @param newId the identity
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder id(RequestId newId) {
            id = newId;
            return this;
        }

        /**
         * Sets the method by which the holder confirms the request.
         *
         * @param newMethod the method
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder method(SigningMethod newMethod) {
            method = newMethod;
            return this;
        }

        /**
         * Sets the serial number of the token that confirms the request.
         *
         * @param newSerial the serial number of the token
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serial(SerialNumber newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the purpose that the digest covers and the events record.
         *
         * @param newPurpose the purpose
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder purpose(Purpose newPurpose) {
            purpose = newPurpose;
            return this;
        }

        /**
         * Sets the random value that makes the digest unique.
         *
         * @param newNonce 32 hexadecimal digits in lower case
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder nonce(String newNonce) {
            nonce = newNonce;
            return this;
        }

        /**
         * Sets the digest of the request with its details.
         *
         * @param newDigest 64 hexadecimal digits in lower case
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder digest(String newDigest) {
            digest = newDigest;
            return this;
        }

        /**
         * Sets the name of the detail that the holder types.
         *
         * @param newDetail the name, for {@link SigningMethod#TYPED_DETAIL}; {@code null} for any other method
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder detail(@Nullable String newDetail) {
            detail = newDetail;
            return this;
        }

        /**
         * Sets the first instant at which the request can no longer be confirmed.
         *
         * @param newExpiresAt the instant
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder expiresAt(Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a value is malformed, or the typed detail does not fit the method
         */
        public OpenRequest build() {
            return new OpenRequest(this);
        }
    }
}
