package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Suspends tokens of a holder. A new reason replaces an earlier one.
 *
 * @param serial the token; {@code null} for every token of the holder
 * @param why the kind of reason
 * @param operator the operator who suspends
 * @param reason the operator's reason
 */
public record Suspend(@Nullable SerialNumber serial, SuspensionReason why, Operator operator, String reason)
        implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.SUSPEND;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        Suspension suspension = Suspension.of(why, draft.now(), operator);
        boolean done = false;
        for (Token token : draft.living()) {
            if (serial == null || serial.equals(token.serial())) {
                draft.put(TokenTransitions.suspended(token, suspension));
                draft.record(Draft.event(EventType.SUSPENDED, token)
                        .operator(operator)
                        .suspensionReason(why)
                        .reason(reason));
                draft.endWhatWasBegun(why);
                done = true;
            }
        }
        return done ? draft.accept() : draft.refuse(Refusal.NO_TOKEN);
    }
}
