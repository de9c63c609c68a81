package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import java.util.Optional;

/**
 * Revokes the tokens of a holder for the institution: the one in use and the pending one.
 *
 * @param operator the operator who revokes
 * @param reason the operator's reason
 */
public record RevokeByOperator(Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.REVOKE_BY_OPERATOR;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        if (draft.pending() != null) {
            EventType type = draft.active() == null ? EventType.REVOKED : EventType.CANCELLED;
            draft.endPending(Draft.event(type).operator(operator).reason(reason));
        }
        if (draft.active() != null) {
            draft.endActive(Draft.event(EventType.REVOKED).operator(operator).reason(reason));
        }
        return draft.accept();
    }
}
