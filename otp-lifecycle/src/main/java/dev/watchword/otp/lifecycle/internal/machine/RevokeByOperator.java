package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Revokes tokens of a holder for the institution. The end of the token in use also ends the pending one.
 *
 * @param serial the token; {@code null} for every token of the holder
 * @param operator the operator who revokes
 * @param reason the operator's reason
 */
public record RevokeByOperator(@Nullable SerialNumber serial, Operator operator, String reason)
        implements Command<NoEvidence> {
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
        boolean endsActive = draft.active() != null && (serial == null || isOf(draft.active()));
        Token issued = draft.pending() == null ? null : draft.pending().token();
        boolean endsPending = draft.pending() != null && (serial == null || endsActive || isOf(issued));
        if (!endsActive && !endsPending) {
            return draft.refuse(Refusal.NO_TOKEN);
        }
        if (endsPending) {
            EventType type = draft.active() == null ? EventType.REVOKED : EventType.CANCELLED;
            draft.endPending(Draft.event(type).operator(operator).reason(reason));
        }
        if (endsActive) {
            draft.endActive(Draft.event(EventType.REVOKED).operator(operator).reason(reason));
        }
        return draft.accept();
    }

    private boolean isOf(@Nullable Token token) {
        return token != null && token.serial().equals(serial);
    }
}
