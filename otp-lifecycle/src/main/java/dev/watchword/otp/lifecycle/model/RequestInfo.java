package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data of an open signing request that may be shown (R13.2). It contains neither the details of the transaction nor their
 * digest. Immutable.
 */
public final class RequestInfo {
    private final RequestId id;
    private final Purpose purpose;
    private final SigningMethod method;
    private final Instant expiresAt;

    private RequestInfo(Builder builder) {
        id = requireNonNull(builder.id, "id");
        purpose = requireNonNull(builder.purpose, "purpose");
        method = requireNonNull(builder.method, "method");
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
    }

    /**
     * Begins to build the data.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the identity of the request} */
    public RequestId id() {
        return id;
    }

    /** {@return the purpose that the token signs} */
    public Purpose purpose() {
        return purpose;
    }

    /** {@return the method by which the holder confirms the request} */
    public SigningMethod method() {
        return method;
    }

    /** {@return the first instant at which the request can no longer be confirmed} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns the data of an open signing request that may be shown.
     *
     * @param request the open request
     * @return its data
     */
    public static RequestInfo of(OpenRequest request) {
        return builder()
                .id(request.id())
                .purpose(request.purpose())
                .method(request.method())
                .expiresAt(request.expiresAt())
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RequestInfo that
                        && id.equals(that.id)
                        && purpose.equals(that.purpose)
                        && method.equals(that.method)
                        && expiresAt.equals(that.expiresAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, purpose, method, expiresAt);
    }

    @Override
    public String toString() {
        return "RequestInfo[id=" + id + ", purpose=" + purpose + ", method=" + method + ", expiresAt=" + expiresAt
                + "]";
    }

    /** Builds {@link RequestInfo} values. Not thread-safe. */
    public static final class Builder {
        private @Nullable RequestId id;
        private @Nullable Purpose purpose;
        private @Nullable SigningMethod method;
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
         * Sets the purpose that the token signs.
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
         * @throws NullPointerException if a value is missing; the message names it
         */
        public RequestInfo build() {
            return new RequestInfo(this);
        }
    }
}
