package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.util.Optional;

/**
 * Issues the successor of a software token in use.
 *
 * @param mailAddress the holder's mail address
 */
public record RenewSoftware(MailAddress mailAddress) implements Command<RenewSoftware.Given>, Provable {
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
        return RenewalRules.refusal(draft, TokenKind.SOFTWARE);
    }

    @Override
    public Decision decide(Draft draft, RenewSoftware.Given evidence) {
        return confirmed(draft, evidence.factors(), new NewValues(null, evidence.token()));
    }

    @Override
    public Decision perform(Draft draft, NewValues values) {
        draft.setMailAddress(mailAddress);
        return IssueRules.issue(draft, values.requireToken(), IssueRules.Cause.RENEWAL);
    }

    /**
     * The evidence and the new values.
     *
     * @param token the new token
     * @param factors the factors with which the holder confirms, a code of the old token among them
     */
    public record Given(NewSoftwareToken token, Evidence factors) {}
}
