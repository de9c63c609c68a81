package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;

/**
 * Records that the assigned hardware token was sent.
 *
 * @param operator the operator who sent it
 */
public record Send(Operator operator) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.SEND;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return OrderEdge.find(draft.requirePending().order(), action()).isPresent()
                ? Optional.empty()
                : Optional.of(draft.refuse(action().refusal()));
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        Token token = draft.requireIssued();
        Order assigned = requireNonNull(draft.requirePending().order());
        Order sent =
                assigned.toBuilder().state(OrderState.SENT).sentAt(draft.now()).build();
        IssueRules.setOrder(draft, sent, token);
        return draft.record(Draft.event(EventType.SENT, token).operator(operator))
                .accept();
    }
}
