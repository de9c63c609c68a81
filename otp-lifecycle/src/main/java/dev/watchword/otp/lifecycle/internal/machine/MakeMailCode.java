package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.util.Optional;

/**
 * Creates a mail code for a request. The evidence is its encrypted hash.
 *
 * @param operation the operation that the code confirms
 * @param destination the address to which the application mails the code
 */
public record MakeMailCode(Operation operation, MailAddress destination) implements Command<SealedSecret> {
    @Override
    public TokenAction action() {
        return TokenAction.MAKE_MAIL_CODE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return ConfirmationRules.isMailCodeLocked(draft)
                ? Optional.of(draft.refuse(Refusal.MAIL_CODE_LOCKED))
                : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, SealedSecret evidence) {
        MailCode code = MailCode.builder()
                .hash(evidence)
                .operation(operation)
                .destination(destination)
                .sentAt(draft.now())
                .expiresAt(draft.now().plus(draft.policy().confirmation().mailCodeLifetime()))
                .build();
        draft.setCredentials(CredentialTransitions.withMailCode(draft.credentials(), code));
        return draft.record(Draft.event(EventType.MAIL_CODE_MADE).purpose(operation.purpose()))
                .accept();
    }
}
