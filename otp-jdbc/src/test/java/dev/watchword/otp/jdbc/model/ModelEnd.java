package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cancellation, revocation, lapse and erasure in the model. */
final class ModelEnd {
    private ModelEnd() {}

    static @Nullable Refusal cancel(ModelHolder holder, EnteredFactors entered, Instant now) {
        Refusal refusal = firstOf(
                () -> holder.mayUsePending(now),
                () -> holder.mayEndPending(now),
                () -> holder.credentials.mayConfirm(Operation.CANCEL, entered, now),
                () -> holder.credentials.confirm(Operation.CANCEL, entered, now));
        return refusal == null ? cancelled(holder, now) : refusal;
    }

    static @Nullable Refusal cancelByOperator(ModelHolder holder, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NOT_ISSUED);
        return refusal == null ? cancelled(holder, now) : refusal;
    }

    private static @Nullable Refusal cancelled(ModelHolder holder, Instant now) {
        holder.commit(now, EventType.CANCELLED);
        holder.endPending(now);
        return null;
    }

    static @Nullable Refusal revoke(ModelHolder holder, EnteredFactors entered, String code, Instant now) {
        Refusal refusal = firstOf(
                () -> holder.mayUseActive(now),
                () -> holder.mayEndPending(now),
                () -> holder.credentials.mayConfirm(Operation.REVOKE, entered, now),
                () -> ModelToken.formOf(code),
                () -> holder.credentials.confirmWithCode(Operation.REVOKE, entered, code, now));
        if (refusal == null) {
            holder.commit(now);
            if (holder.pending.exists) {
                holder.events.add(EventType.CANCELLED);
            }
            end(holder, now);
        }
        return refusal;
    }

    static @Nullable Refusal revokeByOperator(ModelHolder holder, Instant now) {
        boolean hasNothing = holder.inUse == null && !holder.pending.isLive(now);
        Refusal refusal = firstOf(holder::mustBeKnown, () -> refuseIf(hasNothing, Refusal.NO_TOKEN));
        if (refusal == null) {
            holder.commit(now);
            if (holder.pending.exists) {
                holder.events.add(holder.inUse == null ? EventType.REVOKED : EventType.CANCELLED);
            }
            end(holder, now);
        }
        return refusal;
    }

    private static void end(ModelHolder holder, Instant now) {
        if (holder.inUse != null) {
            holder.events.add(EventType.REVOKED);
            holder.backup.tokenRevoked();
        }
        holder.endInUse(now);
        holder.endPending(now);
    }

    static @Nullable Refusal lapse(ModelHolder holder, Instant now) {
        if (!holder.pending.hasLapsed(now)) {
            return Refusal.NOT_ISSUED;
        }
        holder.commit(now);
        return null;
    }

    /** Erases the personal data. A suspension of the holder and the failure counters stay. */
    static @Nullable Refusal erase(ModelHolder holder, Instant now) {
        boolean hasToken = holder.inUse != null || holder.pending.isLive(now);
        Refusal refusal = firstOf(holder::mustBeKnown, () -> refuseIf(hasToken, Refusal.TOKEN_EXISTS));
        if (refusal == null) {
            holder.credentials.erase();
            holder.commit(now, EventType.ERASED);
        }
        return refusal;
    }
}
