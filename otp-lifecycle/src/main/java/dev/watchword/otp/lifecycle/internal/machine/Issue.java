package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.Factor;
import java.util.Optional;

/**
 * Issues a software token to a holder without a token and without an order.
 *
 * @param mailAddress the holder's mail address, to which the mail code must have been sent
 */
public record Issue(MailAddress mailAddress) implements Command<Issue.Given>, Provable {
    @Override
    public TokenAction action() {
        return TokenAction.ISSUE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        MailCode mailed = draft.credentials().mailCode();
        boolean needsMailCode =
                draft.policy().confirmation().factorsOf(Operation.ISSUE).contains(Factor.MAIL_CODE);
        boolean mailedElsewhere =
                needsMailCode && mailed != null && !mailed.destination().equals(mailAddress);
        return ConfirmationRules.refusal(draft, action())
                .or(() -> mailedElsewhere ? Optional.of(draft.refuse(Refusal.NO_MAIL_CODE)) : Optional.empty());
    }

    @Override
    public Decision decide(Draft draft, Issue.Given evidence) {
        return confirmed(draft, evidence.factors(), new NewValues(evidence.userId(), evidence.token()));
    }

    @Override
    public Decision perform(Draft draft, NewValues values) {
        draft.assign(values.requireUserId());
        draft.setMailAddress(mailAddress);
        return IssueRules.issue(draft, values.requireToken(), IssueRules.Cause.FIRST);
    }

    /**
     * The evidence and the new values.
     *
     * @param userId a user ID that is probably free; used if the holder has none
     * @param token the new token
     * @param factors the factors with which the holder confirms
     */
    public record Given(UserId userId, NewSoftwareToken token, Evidence factors) {}
}
