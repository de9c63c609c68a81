package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Activates the pending token with its first code, or with two consecutive codes. A successor supersedes the token in use.
 *
 * @param serial the serial number that the holder entered; {@code null} if none, as for a software token
 * @param consecutive whether the holder entered two consecutive codes, which find an unknown counter
 */
public record Activate(@Nullable SerialNumber serial, boolean consecutive) implements Command<Evidence>, Provable {
    @Override
    public TokenAction action() {
        return TokenAction.ACTIVATE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return standing(draft)
                .or(() -> CodeRules.refusal(draft, draft.requireIssued(), consecutive))
                .or(() -> wrongKind(draft, draft.requireIssued()));
    }

    @Override
    public Optional<Decision> standing(Draft draft) {
        Order order = draft.requirePending().order();
        Token token = draft.requirePending().token();
        if (token == null || (order != null && OrderEdge.find(order, action()).isEmpty())) {
            return Optional.of(draft.refuse(Refusal.NOT_SENT));
        }
        if (order == null && !requireNonNull(token.provisioning()).isDone()) {
            return Optional.of(draft.refuse(Refusal.NOT_PROVISIONED));
        }
        return CodeRules.unusable(draft, token);
    }

    /** A hardware token is activated with its serial number, a software token without one. */
    private Optional<Decision> wrongKind(Draft draft, Token token) {
        if ((serial == null) == (token.kind() == TokenKind.SOFTWARE)) {
            return Optional.empty();
        }
        return Optional.of(draft.refuse(serial == null ? Refusal.SERIAL_REQUIRED : Refusal.NOT_SENT));
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        return confirmed(draft, evidence, NewValues.NONE);
    }

    /** Also compares the serial number. With a wrong one the code is not spent. */
    @Override
    public Optional<Refusal> confirm(Draft draft, Evidence evidence) {
        if (evidence.code() instanceof Verification.Malformed) {
            return Optional.of(Refusal.MALFORMED);
        }
        Token token = draft.requireIssued();
        if (serial != null && !serial.equals(token.serial())) {
            CodeRules.charge(draft, token, EventType.WRONG_SERIAL, Purpose.ACTIVATION);
            return Optional.of(Refusal.WRONG_SERIAL);
        }
        return Provable.super.confirm(draft, evidence);
    }

    @Override
    public Decision perform(Draft draft, NewValues values) {
        draft.record(Draft.event(EventType.ACTIVATED, draft.requireIssued()).purpose(Purpose.ACTIVATION));
        draft.putIntoUse(TokenTransitions.activated(draft.requireIssued(), draft.now()));
        return draft.accept();
    }
}
