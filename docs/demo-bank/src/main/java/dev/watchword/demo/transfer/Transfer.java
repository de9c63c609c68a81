package dev.watchword.demo.transfer;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transfer, as its row describes it.
 *
 * @param id the ID of the transfer
 * @param holder the customer
 * @param payment what the bank pays
 * @param request the signing request, whose ID only the bank and the customer's app have
 * @param method how the customer confirms the request
 * @param challenge what the customer types into the token; {@code null} if the app confirms
 * @param state the state
 * @param createdAt when the customer ordered the transfer
 * @param expiresAt the first instant at which the customer can no longer confirm it
 */
public record Transfer(
        String id,
        Holder holder,
        Payment payment,
        RequestId request,
        SigningMethod method,
        @Nullable String challenge,
        TransferState state,
        Instant createdAt,
        Instant expiresAt) {
    Transfer withState(TransferState newState) {
        return new Transfer(id, holder, payment, request, method, challenge, newState, createdAt, expiresAt);
    }

    /** Returns a waiting transfer as expired after its time. */
    Transfer at(Instant now) {
        return state == TransferState.WAITING && !now.isBefore(expiresAt) ? withState(TransferState.EXPIRED) : this;
    }
}
