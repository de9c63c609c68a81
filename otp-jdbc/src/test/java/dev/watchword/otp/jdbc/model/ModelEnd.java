package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cancellation, revocation, lapse and erasure in the model. */
final class ModelEnd {
    private ModelEnd() {}

    static @Nullable Refusal cancel(ModelHolder holder, EnteredFactors entered, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NOT_ISSUED);
        refusal = refusal == null ? holder.credentials.mayConfirm(Operation.CANCEL, now) : refusal;
        refusal = refusal == null ? holder.credentials.confirm(Operation.CANCEL, entered, now) : refusal;
        if (refusal == null) {
            holder.commit(now, EventType.CANCELLED);
            holder.pending.clear();
        }
        return refusal;
    }

    static @Nullable Refusal cancelByOperator(ModelHolder holder, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NOT_ISSUED);
        if (refusal == null) {
            holder.commit(now, EventType.CANCELLED);
            holder.pending.clear();
        }
        return refusal;
    }

    static @Nullable Refusal revoke(ModelHolder holder, EnteredFactors entered, String code, Instant now) {
        Refusal refusal = holder.mayUseActive(now);
        refusal = refusal == null ? holder.credentials.mayConfirm(Operation.REVOKE, now) : refusal;
        refusal = refusal == null
                ? holder.credentials.confirm(Operation.REVOKE, entered, holder.inUse, code, 1, now)
                : refusal;
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
        if (!holder.known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        if (holder.inUse == null && !holder.pending.isLive(now)) {
            return Refusal.NO_TOKEN;
        }
        holder.commit(now);
        if (holder.pending.exists) {
            holder.events.add(holder.inUse == null ? EventType.REVOKED : EventType.CANCELLED);
        }
        end(holder, now);
        return null;
    }

    private static void end(ModelHolder holder, Instant now) {
        if (holder.inUse != null) {
            holder.events.add(EventType.REVOKED);
            holder.softwareRevokedAt = holder.inUse.software ? now : holder.softwareRevokedAt;
        }
        holder.inUse = null;
        holder.pending.clear();
    }

    static @Nullable Refusal lapse(ModelHolder holder, Instant now) {
        if (!holder.pending.hasLapsed(now)) {
            return Refusal.NOT_ISSUED;
        }
        holder.commit(now);
        return null;
    }

    static @Nullable Refusal erase(ModelHolder holder, Instant now) {
        if (!holder.known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        if (holder.inUse != null || holder.pending.isLive(now)) {
            return Refusal.TOKEN_EXISTS;
        }
        holder.credentials.erase();
        holder.commit(now, EventType.ERASED);
        return null;
    }
}
