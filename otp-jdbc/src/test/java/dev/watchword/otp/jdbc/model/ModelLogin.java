package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Verification and resynchronisation in the model. */
final class ModelLogin {
    private ModelLogin() {}

    static @Nullable Refusal verify(ModelHolder holder, String code, Instant now) {
        Refusal refusal = holder.mayUseActive(now);
        ModelToken token = holder.inUse;
        if (refusal != null || token == null) {
            return refusal;
        }
        refusal = holder.charge(token.judge(code, now, 1, holder.driftCap()), token, now);
        if (refusal == null) {
            holder.commit(now, EventType.CODE_ACCEPTED);
        }
        return refusal;
    }

    static @Nullable Refusal resynchronise(ModelHolder holder, String first, String second, Instant now) {
        Refusal refusal = holder.mayUseActive(now);
        ModelToken token = holder.inUse;
        if (refusal != null || token == null) {
            return refusal;
        }
        int range = holder.policy.codes().resynchronisationRange();
        refusal = holder.charge(token.judgeTwo(first, second, now, range, holder.driftCap()), token, now);
        if (refusal == null) {
            holder.commit(now, EventType.RESYNCHRONISED);
        }
        return refusal;
    }
}
