package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.internal.Once;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.NewBackupCodes;
import dev.watchword.otp.lifecycle.internal.sealing.BackupCodeHasher;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.EmergencyCodeForm;
import java.util.ArrayList;
import java.util.List;

/** New emergency or recovery codes of one request. They are hashed at most once, when a decision takes them. Not thread-safe. */
final class DrawnCodes {
    private final List<BackupCodeText> texts;
    private final Once<NewBackupCodes> hashed;

    private DrawnCodes(Context context, Holder holder, String what, List<BackupCodeText> texts) {
        this.texts = texts;
        BackupCodeHasher hasher = new BackupCodeHasher(context.hasher());
        hashed = new Once<>(() -> new NewBackupCodes(hasher.hash(holder, what, texts), texts.size()));
    }

    static DrawnCodes emergency(Context context, Holder holder) {
        BackupCodePolicy policy = context.policy().backupCodes();
        int symbols = policy.emergencyForm() == EmergencyCodeForm.LONG ? BackupCodeText.LONG : BackupCodeText.SHORT;
        List<BackupCodeText> texts = draw(context, BackupCodeText.Kind.EMERGENCY, policy.emergencyCount(), symbols);
        return new DrawnCodes(context, holder, HashedSecrets.EMERGENCY_CODES, texts);
    }

    static DrawnCodes recovery(Context context, Holder holder) {
        int count = context.policy().backupCodes().recoveryCount();
        List<BackupCodeText> texts = draw(context, BackupCodeText.Kind.RECOVERY, count, BackupCodeText.LONG);
        return new DrawnCodes(context, holder, HashedSecrets.RECOVERY_CODES, texts);
    }

    private static List<BackupCodeText> draw(Context context, BackupCodeText.Kind kind, int count, int symbols) {
        List<BackupCodeText> texts = new ArrayList<>(count);
        for (int slot = 0; slot < count; slot++) {
            texts.add(BackupCodeText.draw(kind, slot, symbols, context.random()));
        }
        return List.copyOf(texts);
    }

    NewBackupCodes hashed() {
        return hashed.get();
    }

    /** The codes as they are printed. */
    List<SecretText> printed() {
        return texts.stream().map(text -> SecretText.of(text.exposeGroups())).toList();
    }

    /** {@return a text that is the same for all codes} */
    @Override
    public String toString() {
        return "DrawnCodes[redacted]";
    }
}
