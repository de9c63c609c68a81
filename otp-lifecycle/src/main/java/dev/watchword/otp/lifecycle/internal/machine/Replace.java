package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a successor of the token in use pending, on an operator's request and without a code (R6.3). The evidence is the new
 * software token; empty for an order of a hardware token. The token in use remains until its successor is activated, so login
 * asks for a code throughout.
 *
 * @param mailAddress the holder's mail address for a software token; {@code null} for a hardware token
 * @param why the reason to suspend the token in use; {@code null} if it stays usable
 * @param operator the operator who replaces
 * @param reason the operator's reason
 */
public record Replace(
        @Nullable MailAddress mailAddress, @Nullable SuspensionReason why, Operator operator, String reason)
        implements Command<Optional<NewSoftwareToken>> {
    @Override
    public TokenAction action() {
        return TokenAction.REPLACE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return draft.pending() == null ? Optional.empty() : Optional.of(draft.refuse(Refusal.TOKEN_EXISTS));
    }

    @Override
    public Decision decide(Draft draft, Optional<NewSoftwareToken> evidence) {
        draft.closeProof();
        if (why != null) {
            draft.endWhatWasBegun(why);
            Token lost = draft.requireActive();
            draft.put(TokenTransitions.suspended(lost, Suspension.of(why, draft.now(), operator)));
            draft.record(Draft.event(EventType.SUSPENDED, lost)
                    .operator(operator)
                    .suspensionReason(why)
                    .reason(reason));
        }
        IssueRules.Cause cause = new IssueRules.Cause(Purpose.REPLACEMENT, operator, reason);
        if (mailAddress == null) {
            return IssueRules.order(draft, cause);
        }
        draft.setMailAddress(mailAddress);
        return IssueRules.issue(draft, evidence.orElseThrow(), cause);
    }
}
