package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.RequestId;
import java.util.Optional;

/**
 * Closes a signing request for the institution. Nothing is charged or suspended (R13.2).
 *
 * @param id the request
 * @param operator the operator who withdraws
 * @param reason the operator's reason
 */
public record WithdrawSignature(RequestId id, Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.WITHDRAW_SIGNATURE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return SigningRules.notOpen(draft, id);
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        return SigningRules.close(
                draft,
                id,
                Draft.event(EventType.SIGNATURE_WITHDRAWN).operator(operator).reason(reason));
    }
}
