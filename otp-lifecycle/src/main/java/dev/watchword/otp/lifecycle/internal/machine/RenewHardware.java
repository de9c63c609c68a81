package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.util.Optional;

/** Orders the successor of a hardware token in use. */
public record RenewHardware() implements Command<Evidence> {
    @Override
    public TokenAction action() {
        return TokenAction.RENEW;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return RenewalRules.refusal(draft, TokenKind.HARDWARE);
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        Optional<Refusal> refusal = ConfirmationRules.confirm(draft, Operation.RENEW, evidence, draft.requireActive());
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        return IssueRules.order(draft, Purpose.RENEWAL);
    }
}
