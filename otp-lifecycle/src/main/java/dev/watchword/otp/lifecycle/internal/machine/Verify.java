package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import java.util.Optional;

/**
 * Verifies a code of the token in use.
 *
 * @param purpose the purpose for which the application asked for the code
 */
public record Verify(Purpose purpose) implements Command<Verification> {
    @Override
    public TokenAction action() {
        return TokenAction.VERIFY;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, Verification evidence) {
        return CodeRules.decide(draft, evidence, EventType.CODE_ACCEPTED, purpose);
    }
}
