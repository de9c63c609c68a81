package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/** Revokes the token in use for its holder and cancels a pending successor. */
public record Revoke() implements Command<Evidence> {
    @Override
    public TokenAction action() {
        return TokenAction.REVOKE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return CodeRules.suspendedByOperator(draft, draft.pending());
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        Optional<Refusal> refusal = ConfirmationRules.confirm(draft, Operation.REVOKE, evidence, draft.requireActive());
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        if (draft.pending() != null) {
            draft.endPending(Draft.event(EventType.CANCELLED));
        }
        draft.endActive(Draft.event(EventType.REVOKED).purpose(Purpose.REVOCATION));
        return draft.accept();
    }
}
