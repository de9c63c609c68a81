package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/**
 * Resumes a suspended holder. The holder's tokens stay as they are.
 *
 * @param operator the operator who resumes
 * @param reason the operator's reason
 */
public record ResumeHolder(Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.RESUME_HOLDER;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return draft.before().suspension() == null
                ? Optional.of(draft.refuse(Refusal.NOT_SUSPENDED))
                : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        draft.setSuspension(null);
        return draft.record(
                        Draft.event(EventType.HOLDER_RESUMED).operator(operator).reason(reason))
                .accept();
    }
}
