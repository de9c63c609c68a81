package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/** Cancels the pending token or order for its holder. */
public record Cancel() implements Command<Evidence> {
    @Override
    public TokenAction action() {
        return TokenAction.CANCEL;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return CodeRules.suspendedByOperator(draft, draft.pending());
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        Optional<Refusal> refusal = ConfirmationRules.confirm(draft, Operation.CANCEL, evidence, null);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        draft.endPending(Draft.event(EventType.CANCELLED));
        return draft.accept();
    }
}
