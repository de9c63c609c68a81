package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import java.util.Optional;

/**
 * Resets the failure counters of the confirmation password and of the mail code.
 *
 * @param operator the operator who resets
 * @param reason the operator's reason
 */
public record ResetFactors(Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.RESET_FACTORS;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        draft.setCredentials(CredentialTransitions.reset(draft.credentials()));
        return draft.record(
                        Draft.event(EventType.FACTORS_RESET).operator(operator).reason(reason))
                .accept();
    }
}
