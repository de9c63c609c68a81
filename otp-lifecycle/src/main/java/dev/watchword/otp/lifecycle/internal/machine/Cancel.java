package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import java.util.Optional;

/** Cancels the pending token or order for its holder. */
public record Cancel() implements Command<Evidence>, Provable {
    @Override
    public TokenAction action() {
        return TokenAction.CANCEL;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return standing(draft);
    }

    @Override
    public Optional<Decision> standing(Draft draft) {
        return CodeRules.suspendedByOperator(draft, draft.pending());
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        return confirmed(draft, evidence, NewValues.NONE);
    }

    @Override
    public Decision perform(Draft draft, NewValues values) {
        draft.endPending(Draft.event(EventType.CANCELLED));
        return draft.accept();
    }
}
