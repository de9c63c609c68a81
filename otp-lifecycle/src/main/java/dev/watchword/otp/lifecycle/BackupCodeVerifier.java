package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.BackupKind;
import dev.watchword.otp.lifecycle.internal.machine.Command;
import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.machine.UseEmergencyCode;
import dev.watchword.otp.lifecycle.internal.machine.UseRecoveryCode;
import dev.watchword.otp.lifecycle.internal.sealing.BackupCodeHasher;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies emergency codes and recovery codes. Each request costs one Argon2id hash, for every holder, also without codes. A text that
 * is no code costs nothing.
 */
final class BackupCodeVerifier {
    private final Engine engine;
    private final OutcomeMapper outcomes;
    private final BackupCodeHasher hasher;

    BackupCodeVerifier(Context context, Engine engine) {
        this.engine = engine;
        outcomes = new OutcomeMapper(context);
        hasher = new BackupCodeHasher(context.hasher());
    }

    Outcome<Registration> emergency(Holder holder, @Nullable String typed) {
        Optional<BackupCodeText> text = BackupCodeText.parse(BackupCodeText.Kind.EMERGENCY, typed);
        UseEmergencyCode command =
                new UseEmergencyCode(text.map(BackupCodeText::slot).orElse(0));
        return use(holder, BackupKind.EMERGENCY, command, HashedSecrets.EMERGENCY_CODES, text);
    }

    Outcome<Registration> recovery(Holder holder, @Nullable String typed) {
        Optional<BackupCodeText> text = BackupCodeText.parse(BackupCodeText.Kind.RECOVERY, typed);
        UseRecoveryCode command =
                new UseRecoveryCode(text.map(BackupCodeText::slot).orElse(0));
        return use(holder, BackupKind.RECOVERY, command, HashedSecrets.RECOVERY_CODES, text);
    }

    private Outcome<Registration> use(
            Holder holder, BackupKind kind, Command<Proof> command, String what, Optional<BackupCodeText> text) {
        if (text.isEmpty()) {
            return engine.malformed(command.action(), Set.of(Field.BACKUP_CODE));
        }
        Guess guess = new Guess(kind, what, text.get());
        Engine.Result result = engine.change(holder, command, (before, now) -> guess.compare(before));
        guess.pretend();
        return outcomes.ofBackupCode(result.decision(), kind);
    }

    /** A typed code that is hashed and compared at most once, even if the operation repeats its decision. Not thread-safe. */
    private final class Guess {
        private final BackupKind kind;
        private final String what;
        private final BackupCodeText text;
        private @Nullable SealedSecret comparedWith;
        private boolean right;

        Guess(BackupKind kind, String what, BackupCodeText text) {
            this.kind = kind;
            this.what = what;
            this.text = text;
        }

        Proof compare(Enrolment before) {
            BackupCodeSet set = kind.of(before.backupCodes());
            if (set == null) {
                return Proof.NOT_GIVEN;
            }
            if (comparedWith == null) {
                right = hasher.matches(before.holder(), what, set.hashes(), text);
                comparedWith = set.hashes();
            }
            if (!set.hashes().equals(comparedWith)) {
                return Proof.OVERTAKEN;
            }
            return right ? Proof.RIGHT : Proof.WRONG;
        }

        /** Computes a hash unless the code was compared, so that timing does not reveal a missing comparison. */
        void pretend() {
            if (comparedWith == null) {
                hasher.pretend(text);
            }
        }
    }
}
