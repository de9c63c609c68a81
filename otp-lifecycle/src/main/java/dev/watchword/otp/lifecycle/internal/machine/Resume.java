package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resumes suspended tokens of a holder. A token at the ceiling stays suspended.
 *
 * @param serial the token; {@code null} for every token of the holder
 * @param operator the operator who resumes
 * @param reason the operator's reason
 */
public record Resume(@Nullable SerialNumber serial, Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.RESUME;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        Refusal refusal = Refusal.NOT_SUSPENDED;
        boolean done = false;
        for (Token token : draft.living()) {
            boolean meant = (serial == null || serial.equals(token.serial())) && token.isSuspended();
            if (meant && LockRules.isAtCeiling(draft.policy().lock(), token)) {
                refusal = Refusal.CEILING_REACHED;
            } else if (meant) {
                draft.put(TokenTransitions.resumed(token));
                draft.record(
                        Draft.event(EventType.RESUMED, token).operator(operator).reason(reason));
                done = true;
            }
        }
        return done ? draft.accept() : draft.refuse(refusal);
    }
}
