package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import java.util.Optional;

/** Revokes the token in use for its holder and cancels a pending successor. */
public record Revoke() implements Command<Evidence>, Provable {
    @Override
    public TokenAction action() {
        return TokenAction.REVOKE;
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
        if (draft.pending() != null) {
            draft.endPending(Draft.event(EventType.CANCELLED));
        }
        draft.endActive(Draft.event(EventType.REVOKED).purpose(Purpose.REVOCATION));
        return draft.accept();
    }
}
