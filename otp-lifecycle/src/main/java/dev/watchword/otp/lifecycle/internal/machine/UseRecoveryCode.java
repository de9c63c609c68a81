package dev.watchword.otp.lifecycle.internal.machine;

import java.util.Optional;

/**
 * Uses a recovery code for login (R14.2). It neither charges nor resumes the token. The evidence is the result of comparing the code.
 *
 * @param slot the number of the code in its set, from 0
 */
public record UseRecoveryCode(int slot) implements Command<Proof> {
    @Override
    public TokenAction action() {
        return TokenAction.USE_RECOVERY_CODE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return BackupCodeRules.refusal(draft, BackupKind.RECOVERY, slot);
    }

    @Override
    public Decision decide(Draft draft, Proof evidence) {
        return BackupCodeRules.decide(draft, BackupKind.RECOVERY, slot, evidence);
    }
}
