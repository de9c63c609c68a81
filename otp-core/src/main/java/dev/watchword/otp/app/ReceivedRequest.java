package dev.watchword.otp.app;

import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Instant;

/**
 * A request that a {@link TokenVault} opened, and that the holder can approve or refuse. The app MUST show the
 * purpose and all details of the request, and the institution. Immutable. {@code toString} shows no details.
 */
public final class ReceivedRequest implements OpenedRequest {
    private final SigningRequest request;
    private final DevicePublicKey device;

    ReceivedRequest(SigningRequest request, DevicePublicKey device) {
        this.request = request;
        this.device = device;
    }

    SigningRequest request() {
        return request;
    }

    /** Returns the device to which the request was sealed. */
    DevicePublicKey device() {
        return device;
    }

    /**
     * Returns the ID of the request, which the app sends to the server together with the answer.
     *
     * @return 32 hexadecimal digits in lower case
     */
    public String id() {
        return request.id();
    }

    /**
     * Returns the institution's service ID.
     *
     * @return 8 ASCII digits
     */
    public String serviceId() {
        return request.serviceId();
    }

    /**
     * Returns the holder's user ID.
     *
     * @return 12 ASCII digits
     */
    public String userId() {
        return request.userId();
    }

    /**
     * Returns the purpose that the holder approves or refuses, such as {@code funds-transfer}. The app MUST show it,
     * translated to words that the holder understands. It MUST NOT offer to approve a purpose that it does not know.
     *
     * @return 1 to {@value SigningRequest#MAX_PURPOSE_LENGTH} of {@code a-z}, {@code 0-9} and {@code -}, beginning with a
     *     letter
     */
    public String purpose() {
        return request.purpose();
    }

    /**
     * Returns the details that the holder approves or refuses.
     *
     * @return the details, in the order in which the app shows them
     */
    public TransactionDetails details() {
        return request.details();
    }

    /**
     * Returns the first instant at which the request can no longer be answered.
     *
     * @return the instant. Display it in the institution's time zone
     */
    public Instant expiresAt() {
        return request.expiresAt();
    }

    @Override
    public String toString() {
        return "ReceivedRequest[" + id() + " for user " + userId() + " at service " + serviceId() + ", redacted]";
    }
}
