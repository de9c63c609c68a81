package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import java.util.Optional;

/**
 * Finds the clock or the counter of the token in use from two consecutive codes (RFC 4226 §7.4). The counter of its signing key is
 * unknown afterwards, because it can be out of reach too. The next response to a signing request finds it.
 */
public record Resynchronise() implements Command<Verification> {
    @Override
    public TokenAction action() {
        return TokenAction.RESYNCHRONISE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, Verification evidence) {
        if (evidence instanceof Verification.Matched) {
            draft.put(TokenTransitions.withUnknownSigningCounter(draft.requireActive()));
        }
        return CodeRules.decide(draft, evidence, EventType.RESYNCHRONISED, Purpose.RESYNCHRONISATION);
    }
}
