package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.UserId;
import java.util.Optional;

/**
 * An operator's order of a hardware token for a holder without a token and without an order (R5.2). The evidence is a user ID
 * that is probably free. It is used if the holder has no user ID.
 *
 * @param operator the operator who orders
 * @param reason the operator's reason
 */
public record OrderByOperator(Operator operator, String reason) implements Command<UserId> {
    @Override
    public TokenAction action() {
        return TokenAction.ORDER_BY_OPERATOR;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, UserId evidence) {
        draft.assign(evidence);
        return IssueRules.order(draft, new IssueRules.Cause(null, operator, reason));
    }
}
