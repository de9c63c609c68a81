package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import java.util.Optional;

/**
 * Erases the personal data of a holder without a token and without an order.
 *
 * @param operator the operator who erases
 */
public record Erase(Operator operator) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.ERASE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        draft.erasePersonalData();
        return draft.record(Draft.event(EventType.ERASED).operator(operator)).accept();
    }
}
