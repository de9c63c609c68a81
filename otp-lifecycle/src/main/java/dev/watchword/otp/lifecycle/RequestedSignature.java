package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signing request as the application shows it to the holder (R13.2). Show the details of the transaction together with it.
 * Store the ID with the pending transaction. Pass the ID and the details to {@link TokenService#confirm}. Immutable.
 */
public final class RequestedSignature {
    private final OpenRequest request;
    private final @Nullable String challenge;
    private final @Nullable SealedRequest sealedRequest;

    private RequestedSignature(OpenRequest request, @Nullable String challenge, @Nullable SealedRequest sealedRequest) {
        this.request = requireNonNull(request, "request");
        this.challenge = challenge;
        this.sealedRequest = sealedRequest;
    }

    static RequestedSignature typed(OpenRequest request, String challenge) {
        return new RequestedSignature(request, challenge, null);
    }

    static RequestedSignature inApp(OpenRequest request, SealedRequest sealedRequest) {
        return new RequestedSignature(request, null, sealedRequest);
    }

    static RequestedSignature byCode(OpenRequest request) {
        return new RequestedSignature(request, null, null);
    }

    /** {@return the identity of the request} */
    public RequestId id() {
        return request.id();
    }

    /** {@return the method by which the holder confirms the request} */
    public SigningMethod method() {
        return request.method();
    }

    /** {@return the first instant at which the request can no longer be confirmed} */
    public Instant expiresAt() {
        return request.expiresAt();
    }

    /**
     * {@return the text that the holder types into the token; present for {@link SigningMethod#TYPED_CHALLENGE} and {@link
     * SigningMethod#TYPED_DETAIL}}
     */
    public Optional<String> challenge() {
        return Optional.ofNullable(challenge);
    }

    /** {@return the encrypted request for the holder's app; present for {@link SigningMethod#APP}} */
    public Optional<SealedRequest> sealedRequest() {
        return Optional.ofNullable(sealedRequest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RequestedSignature that
                        && request.equals(that.request)
                        && Objects.equals(challenge, that.challenge)
                        && Objects.equals(sealedRequest, that.sealedRequest));
    }

    @Override
    public int hashCode() {
        return Objects.hash(request, challenge, sealedRequest);
    }

    /** {@return the identity, the method and the expiry; not the challenge, which can be an account number} */
    @Override
    public String toString() {
        return "RequestedSignature[id=" + id() + ", method=" + method() + ", expiresAt=" + expiresAt() + "]";
    }
}
