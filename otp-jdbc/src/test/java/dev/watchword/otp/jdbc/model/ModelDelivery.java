package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The assignment and the sending of hardware tokens in the model. */
final class ModelDelivery {
    private ModelDelivery() {}

    /** Assigns a token in stock; null stands for a token that is not in stock. */
    static @Nullable Refusal assign(ModelHolder holder, @Nullable ModelToken stocked, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NO_ORDER);
        if (refusal != null || holder.pending.order != OrderState.PLACED) {
            return refusal == null ? Refusal.NO_ORDER : refusal;
        }
        if (stocked == null || !now.isBefore(stocked.expiresAt)) {
            return Refusal.NOT_IN_STOCK;
        }
        holder.commit(now, EventType.ASSIGNED);
        stocked.issuedAt = now;
        holder.pending.begin(OrderState.ASSIGNED, stocked, now);
        return null;
    }

    static @Nullable Refusal send(ModelHolder holder, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NO_ORDER);
        if (refusal != null || holder.pending.order != OrderState.ASSIGNED) {
            return refusal == null ? Refusal.NO_ORDER : refusal;
        }
        holder.commit(now, EventType.SENT);
        holder.pending.begin(OrderState.SENT, holder.pending.token, now);
        return null;
    }
}
