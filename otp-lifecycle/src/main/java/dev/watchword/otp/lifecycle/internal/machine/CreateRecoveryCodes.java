package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates recovery codes for the holder (R14.2). They replace earlier ones. */
public record CreateRecoveryCodes() implements Command<CreateRecoveryCodes.Given> {
    @Override
    public TokenAction action() {
        return TokenAction.CREATE_RECOVERY_CODES;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, Given evidence) {
        Token token = draft.requireActive();
        Optional<Refusal> refusal =
                ConfirmationRules.confirm(draft, Operation.RECOVERY_CODES, evidence.factors(), token);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        BackupCodeRules.create(draft, BackupKind.RECOVERY, requireNonNull(evidence.codes(), "codes"), null);
        return draft.record(Draft.event(EventType.RECOVERY_CODES_CREATED, token)
                        .purpose(Operation.RECOVERY_CODES.purpose()))
                .accept();
    }

    /**
     * The evidence and the new codes.
     *
     * @param factors the factors with which the holder confirms, a code of the token among them
     * @param codes the new codes; {@code null} if a factor is not right
     */
    public record Given(Evidence factors, @Nullable NewBackupCodes codes) {}
}
