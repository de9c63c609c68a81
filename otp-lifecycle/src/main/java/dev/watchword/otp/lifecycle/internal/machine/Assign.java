package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.util.Optional;

/**
 * Assigns a hardware token from stock to a holder's order. The evidence is a token in stock, or
 * empty.
 *
 * @param operator the operator who assigns
 */
public record Assign(Operator operator) implements Command<Optional<Picked>> {
    @Override
    public TokenAction action() {
        return TokenAction.ASSIGN;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return OrderEdge.find(draft.requirePending().order(), action()).isPresent()
                ? Optional.empty()
                : Optional.of(draft.refuse(action().refusal()));
    }

    @Override
    public Decision decide(Draft draft, Optional<Picked> evidence) {
        if (evidence.isEmpty() || !isUsable(evidence.get().stocked(), draft)) {
            return draft.refuse(Refusal.NOT_IN_STOCK);
        }
        StockedToken stocked = evidence.get().stocked();
        Token token = Token.builder()
                .serial(stocked.serial())
                .kind(TokenKind.HARDWARE)
                .profile(stocked.profile())
                .state(TokenState.ISSUED)
                .secret(evidence.get().secret())
                .signing(evidence.get().signing())
                .issuedAt(draft.now())
                .expiresAt(stocked.expiresAt())
                .codes(DriftRules.capped(draft.policy().codes(), stocked.profile(), stocked.codes()))
                .build();
        Order placed = requireNonNull(draft.requirePending().order());
        Order assigned = placed.toBuilder()
                .state(OrderState.ASSIGNED)
                .assignedAt(draft.now())
                .build();
        IssueRules.setOrder(draft, assigned, token);
        draft.takeFromStock(stocked.secret());
        return draft.record(Draft.event(EventType.ASSIGNED, token).operator(operator))
                .accept();
    }

    private static boolean isUsable(StockedToken token, Draft draft) {
        boolean started = token.startsAt() == null || !draft.now().isBefore(token.startsAt());
        return started && draft.now().isBefore(token.expiresAt());
    }
}
