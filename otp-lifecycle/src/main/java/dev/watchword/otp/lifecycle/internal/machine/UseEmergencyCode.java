package dev.watchword.otp.lifecycle.internal.machine;

import java.util.Optional;

/**
 * Uses an emergency code for login (R14.1). It neither charges nor resumes the token. The evidence is the result of comparing the code.
 *
 * @param slot the number of the code in its set, from 0
 */
public record UseEmergencyCode(int slot) implements Command<Proof> {
    @Override
    public TokenAction action() {
        return TokenAction.USE_EMERGENCY_CODE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return BackupCodeRules.refusal(draft, BackupKind.EMERGENCY, slot);
    }

    @Override
    public Decision decide(Draft draft, Proof evidence) {
        return BackupCodeRules.decide(draft, BackupKind.EMERGENCY, slot, evidence);
    }
}
