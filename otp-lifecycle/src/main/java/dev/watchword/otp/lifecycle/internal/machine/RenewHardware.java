package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.TokenKind;
import java.util.Optional;

/** Orders the successor of a hardware token in use. */
public record RenewHardware() implements Command<Evidence>, Provable {
    @Override
    public TokenAction action() {
        return TokenAction.RENEW;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return standing(draft);
    }

    @Override
    public Optional<Decision> standing(Draft draft) {
        return RenewalRules.refusal(draft, TokenKind.HARDWARE);
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        return confirmed(draft, evidence, NewValues.NONE);
    }

    @Override
    public Decision perform(Draft draft, NewValues values) {
        return IssueRules.order(draft, IssueRules.Cause.RENEWAL);
    }
}
