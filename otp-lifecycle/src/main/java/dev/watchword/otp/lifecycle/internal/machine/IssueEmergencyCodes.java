package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/**
 * Issues emergency codes to a holder with a token in use (R14.1), for logins without that token. They replace earlier ones. The evidence is the
 * new codes.
 *
 * @param operator the operator who issues
 * @param reason the operator's reason
 */
public record IssueEmergencyCodes(Operator operator, String reason) implements Command<NewBackupCodes> {
    @Override
    public TokenAction action() {
        return TokenAction.ISSUE_EMERGENCY_CODES;
    }

    /** Also refuses at the ceiling, because no new code could be used. */
    @Override
    public Optional<Decision> precondition(Draft draft) {
        return BackupCodeRules.isAtCeiling(draft)
                ? Optional.of(draft.refuse(Refusal.BACKUP_CODES_LOCKED))
                : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NewBackupCodes evidence) {
        BackupCodeRules.create(
                draft,
                BackupKind.EMERGENCY,
                evidence,
                draft.now().plus(draft.policy().backupCodes().emergencyLifetime()));
        return draft.record(Draft.event(EventType.EMERGENCY_CODES_ISSUED)
                        .operator(operator)
                        .reason(reason))
                .accept();
    }
}
