package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.UserId;
import java.util.Optional;

/** Orders a hardware token for a holder without a token and without an order. */
public record PlaceOrder() implements Command<PlaceOrder.Given>, Provable {
    @Override
    public TokenAction action() {
        return TokenAction.ORDER;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, PlaceOrder.Given evidence) {
        return confirmed(draft, evidence.factors(), new NewValues(evidence.userId(), null));
    }

    @Override
    public Decision perform(Draft draft, NewValues values) {
        draft.assign(values.requireUserId());
        return IssueRules.order(draft, IssueRules.Cause.FIRST);
    }

    /**
     * The evidence and the new value.
     *
     * @param userId a user ID that is probably free; used if the holder has none
     * @param factors the factors with which the holder confirms
     */
    public record Given(UserId userId, Evidence factors) {}
}
