package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open signing requests of a model holder, and the rules on them. */
final class ModelSigning {
    static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");

    private static final RequestId UNKNOWN = new RequestId("0".repeat(32));

    private final ModelHolder holder;
    private final List<RequestedSignature> open = new ArrayList<>();

    ModelSigning(ModelHolder holder) {
        this.holder = holder;
    }

    /** Returns an open request by its place, or null. */
    @Nullable
    RequestedSignature request(int place) {
        return place < open.size() ? open.get(place) : null;
    }

    static RequestId id(@Nullable RequestedSignature request) {
        return request == null ? UNKNOWN : request.id();
    }

    @Nullable
    Refusal mayRequest(Instant now) {
        return firstOf(
                holder::mustBeKnown,
                holder::mayAct,
                () -> refuseIf(holder.inUse == null, Refusal.NOT_ACTIVE),
                () -> refuseIf(!now.isBefore(requireNonNull(holder.inUse).expiresAt), Refusal.EXPIRED),
                () -> refuseIf(requireNonNull(holder.inUse).suspended, Refusal.SUSPENDED),
                () -> refuseIf(!requireNonNull(holder.inUse).software, Refusal.CANNOT_SIGN),
                () -> refuseIf(unexpired(now) >= holder.policy.signing().openRequests(), Refusal.TOO_MANY_REQUESTS));
    }

    private long unexpired(Instant now) {
        return open.stream().filter(request -> isLive(request, now)).count();
    }

    private static boolean isLive(RequestedSignature request, Instant now) {
        return now.isBefore(request.expiresAt());
    }

    void requested(RequestedSignature request, Instant now) {
        holder.commit(now, EventType.SIGNATURE_REQUESTED);
        open.add(request);
    }

    /** Returns the refusal of a confirmation, or null. */
    @Nullable
    Refusal confirm(@Nullable RequestedSignature request, TransactionDetails details, boolean isRight, Instant now) {
        Refusal refusal = firstOf(
                () -> holder.mayUseActive(now),
                () -> refuseIf(request == null || !isLive(request, now), Refusal.NO_REQUEST),
                () -> refuseIf(!details.equals(TRANSFER), Refusal.OTHER_DETAILS));
        if (refusal != null) {
            return refusal;
        }
        ModelToken token = requireNonNull(holder.inUse);
        if (!isRight) {
            token.chargeWrong(now, holder.policy.lock());
            holder.commit(now, EventType.WRONG_SIGNATURE);
            if (token.suspended) {
                holder.events.add(EventType.SUSPENDED);
            }
            return Refusal.WRONG_SIGNATURE;
        }
        token.forgetWrongOnes();
        token.usedAt(now);
        holder.backup.tokenCodeAccepted();
        open.remove(request);
        holder.commit(now, EventType.SIGNATURE_CONFIRMED);
        return null;
    }

    @Nullable
    Refusal refuse(@Nullable RequestedSignature request, Instant now) {
        Refusal refusal = firstOf(
                holder::mustBeKnown,
                holder::mayAct,
                () -> refuseIf(holder.inUse == null, Refusal.NOT_ACTIVE),
                () -> refuseIf(request == null || !isLive(request, now), Refusal.NO_REQUEST));
        if (refusal == null) {
            open.remove(request);
            holder.commit(now, EventType.SIGNATURE_REFUSED);
        }
        return refusal;
    }

    @Nullable
    Refusal withdraw(@Nullable RequestedSignature request, Instant now) {
        Refusal refusal = firstOf(
                holder::mustBeKnown, () -> refuseIf(request == null || !isLive(request, now), Refusal.NO_REQUEST));
        if (refusal == null) {
            open.remove(request);
            holder.commit(now, EventType.SIGNATURE_WITHDRAWN);
        }
        return refusal;
    }

    /** Returns the requests that a registration lists, in order. */
    List<RequestId> listed(Instant now) {
        return open.stream()
                .filter(request -> isLive(request, now))
                .map(RequestedSignature::id)
                .toList();
    }

    /** Drops all requests, at a floor or at the end of the token. Returns 1 if one was open, and 0 otherwise. */
    int dropAll(Instant now) {
        int dropped = unexpired(now) > 0 ? 1 : 0;
        open.clear();
        return dropped;
    }

    /** The token or the holder is suspended, so no open request can be confirmed later. */
    void suspended() {
        open.clear();
    }

    /** Every change removes requests that have expired. */
    void dropExpired(Instant now) {
        open.removeIf(request -> !isLive(request, now));
    }
}
