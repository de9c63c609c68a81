package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Suspension and resumption of tokens and of holders in the model. */
final class ModelSuspension {
    private ModelSuspension() {}

    static @Nullable Refusal suspend(ModelHolder holder, Instant now) {
        List<ModelToken> living = holder.living(now);
        Refusal refusal = firstOf(holder::mustBeKnown, () -> refuseIf(living.isEmpty(), Refusal.NO_TOKEN));
        if (refusal != null) {
            return refusal;
        }
        holder.commit(now);
        holder.signing.suspended();
        for (ModelToken token : living) {
            token.suspended = true;
            token.suspendedByOperator = true;
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
        for (ModelToken token : holder.living(now)) {
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
            token.suspendedByOperator = false;
            token.wrongInARow = 0;
            holder.events.add(EventType.RESUMED);
        }
        return null;
    }

    /** Suspends a holder for a suspected fraud, in any state, also an unknown or a suspended one. Never refused. */
    static void suspendHolder(ModelHolder holder, Instant now) {
        holder.commit(now, EventType.HOLDER_SUSPENDED);
        holder.signing.suspended();
        holder.backup.crimeReported();
        holder.suspend();
    }

    /** Resumes a holder. The holder's tokens and their counters stay as they are. */
    static @Nullable Refusal resumeHolder(ModelHolder holder, Instant now) {
        Refusal refusal = firstOf(holder::mustBeKnown, () -> refuseIf(!holder.suspended, Refusal.NOT_SUSPENDED));
        if (refusal == null) {
            holder.commit(now, EventType.HOLDER_RESUMED);
            holder.resume();
        }
        return refusal;
    }
}
