package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Suspension and resumption in the model. */
final class ModelSuspension {
    private ModelSuspension() {}

    private static List<ModelToken> living(ModelHolder holder, Instant now) {
        List<ModelToken> living = new ArrayList<>();
        if (holder.inUse != null) {
            living.add(holder.inUse);
        }
        if (holder.pending.isLive(now) && holder.pending.token != null) {
            living.add(holder.pending.token);
        }
        return living;
    }

    static @Nullable Refusal suspend(ModelHolder holder, Instant now) {
        if (!holder.known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        List<ModelToken> living = living(holder, now);
        if (living.isEmpty()) {
            return Refusal.NO_TOKEN;
        }
        holder.commit(now);
        for (ModelToken token : living) {
            token.suspended = true;
            holder.events.add(EventType.SUSPENDED);
        }
        return null;
    }

    static @Nullable Refusal resume(ModelHolder holder, Instant now) {
        if (!holder.known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        Refusal refusal = Refusal.NOT_SUSPENDED;
        List<ModelToken> resumable = new ArrayList<>();
        for (ModelToken token : living(holder, now)) {
            boolean ended = token.wrongSinceRight >= holder.policy.lock().failureCeiling();
            if (token.suspended && ended) {
                refusal = Refusal.CEILING_REACHED;
            } else if (token.suspended) {
                resumable.add(token);
            }
        }
        if (resumable.isEmpty()) {
            return refusal;
        }
        holder.commit(now);
        for (ModelToken token : resumable) {
            token.suspended = false;
            token.wrongInARow = 0;
            holder.events.add(EventType.RESUMED);
        }
        return null;
    }
}
