package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Verification and resynchronisation in the model. */
final class ModelLogin {
    private ModelLogin() {}

    static @Nullable Refusal verify(ModelHolder holder, String code, Instant now) {
        Refusal refusal =
                firstOf(() -> holder.mayUseActive(now), () -> ModelToken.formOf(code), () -> judge(holder, code, now));
        if (refusal == null) {
            holder.backup.tokenCodeAccepted();
            holder.commit(now, EventType.CODE_ACCEPTED);
        }
        return refusal;
    }

    private static @Nullable Refusal judge(ModelHolder holder, String code, Instant now) {
        ModelToken token = requireNonNull(holder.inUse);
        Refusal refusal = token.judge(code, now, holder.policy.codes().window(), holder.driftCap());
        return holder.charge(refusal, token, now);
    }

    static @Nullable Refusal resynchronise(ModelHolder holder, String first, String second, Instant now) {
        Refusal refusal = firstOf(
                () -> holder.mayUseActive(now),
                () -> ModelToken.formOf(first),
                () -> ModelToken.formOf(second),
                () -> judgeTwo(holder, first, second, now));
        if (refusal == null) {
            holder.backup.tokenCodeAccepted();
            holder.commit(now, EventType.RESYNCHRONISED);
        }
        return refusal;
    }

    private static @Nullable Refusal judgeTwo(ModelHolder holder, String first, String second, Instant now) {
        ModelToken token = requireNonNull(holder.inUse);
        int range = holder.policy.codes().resynchronisationRange();
        return holder.charge(token.judgeTwo(first, second, now, range, holder.driftCap()), token, now);
    }
}
