package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import java.util.Optional;

/**
 * Cancels the pending token or order for the institution.
 *
 * @param operator the operator who cancels
 * @param reason the operator's reason
 */
public record CancelByOperator(Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.CANCEL_BY_OPERATOR;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        draft.endPending(Draft.event(EventType.CANCELLED).operator(operator).reason(reason));
        return draft.accept();
    }
}
