package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor in the model. A token can have shown the codes of all steps up to the last one that any operation could have
 * accepted. The last one is the step of the floor, plus the drift cap, plus the wider window.
 */
final class ModelFloor {
    private ModelFloor() {}

    /** Returns the last step whose code can have been accepted before the floor. */
    static long lastStep(ModelHolder holder, Instant floor) {
        CodePolicy codes = holder.policy.codes();
        int future = Math.max(codes.window().future(), codes.activationWindow().future());
        return ModelToken.stepAt(floor) + holder.driftCap() + future;
    }

    /** Raises the floor of a holder. Returns whether anything changed. */
    static boolean raise(ModelHolder holder, Instant floor, Instant now) {
        long lastStep = lastStep(holder, floor);
        List<EventType> raised = new ArrayList<>();
        for (ModelToken token : holder.living(now)) {
            if (raise(token, lastStep, floor, holder.policy.software().passwordTries())) {
                raised.add(EventType.FLOOR_RAISED);
            }
        }
        if (holder.credentials.dropMailCodeFrom(floor)) {
            raised.add(EventType.FLOOR_RAISED);
        }
        raised.addAll(Collections.nCopies(holder.backup.dropFrom(floor, now), EventType.FLOOR_RAISED));
        raised.addAll(Collections.nCopies(holder.signing.dropAll(now), EventType.FLOOR_RAISED));
        if (!raised.isEmpty()) {
            holder.commit(now, raised.toArray(EventType[]::new));
        }
        return !raised.isEmpty();
    }

    private static boolean raise(ModelToken token, long lastStep, Instant floor, int passwordTries) {
        boolean spends = token.highestSpent < lastStep;
        token.highestSpent = Math.max(token.highestSpent, lastStep);
        boolean removes = token.hasActivationPassword(passwordTries) && !token.issuedAt.isAfter(floor);
        if (removes) {
            token.activationPassword = null;
        }
        return spends || removes;
    }

    /** Returns the first instant at which every token displays a code that is accepted, or null if there is no token. */
    static @Nullable Instant loginFrom(Iterable<ModelHolder> holders, Instant floor, Instant now) {
        Instant from = null;
        for (ModelHolder holder : holders) {
            if (!holder.living(now).isEmpty()) {
                from = Instant.ofEpochSecond((lastStep(holder, floor) + 1) * 60);
            }
        }
        return from;
    }
}
