package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.RequestId;
import java.util.Optional;

/**
 * Closes a signing request that the holder refuses. Nothing is charged or suspended (R13.4).
 *
 * @param id the request
 */
public record RefuseSignature(RequestId id) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.REFUSE_SIGNATURE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return SigningRules.notOpen(draft, id);
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        return SigningRules.close(draft, id, Draft.event(EventType.SIGNATURE_REFUSED));
    }
}
