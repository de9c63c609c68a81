package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import java.util.Optional;

/**
 * Suspends the holder. A new reason replaces an earlier one.
 *
 * @param why the kind of reason
 * @param operator the operator who suspends
 * @param reason the operator's reason
 */
public record SuspendHolder(SuspensionReason why, Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.SUSPEND_HOLDER;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        draft.endWhatWasBegun(why);
        draft.setSuspension(HolderSuspension.builder()
                .reason(why)
                .since(draft.now())
                .operator(operator)
                .loginAskedForCode(draft.before().loginAsksForCode())
                .build());
        return draft.record(Draft.event(EventType.HOLDER_SUSPENDED)
                        .operator(operator)
                        .suspensionReason(why)
                        .reason(reason))
                .accept();
    }
}
