package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The rules for emergency codes and recovery codes: when one is evaluated, what it changes, and when the codes end. */
public final class BackupCodeRules {
    private BackupCodeRules() {}

    /**
     * Refuses a code that cannot be accepted: the holder has no set, the slot has no unused code, or too many codes were wrong.
     */
    static Optional<Decision> refusal(Draft draft, BackupKind kind, int slot) {
        BackupCodeSet set = kind.of(draft.backupCodes());
        if (set == null) {
            return Optional.of(draft.refuse(Refusal.NO_BACKUP_CODES));
        }
        if (triesLeft(draft.policy(), draft.backupCodes(), kind, set) == 0) {
            return Optional.of(draft.refuse(Refusal.BACKUP_CODES_LOCKED));
        }
        return set.isUnused(slot) ? Optional.empty() : Optional.of(draft.refuse(Refusal.BACKUP_CODE_USED));
    }

    /** Accepts and uses a code, or charges a wrong one to its set and to the ceiling. */
    static Decision decide(Draft draft, BackupKind kind, int slot, Proof proof) {
        BackupCodes codes = draft.backupCodes();
        BackupCodeSet set = requireNonNull(kind.of(codes), "set");
        return switch (proof) {
            case RIGHT -> {
                draft.setBackupCodes(kind.with(codes, used(set, slot)).toBuilder()
                        .failuresSinceAccepted(0)
                        .build());
                yield draft.record(Draft.event(kind.accepted()).purpose(Purpose.LOGIN))
                        .accept();
            }
            case WRONG -> {
                BackupCodeSet charged =
                        set.toBuilder().failures(set.failures() + 1).build();
                draft.setBackupCodes(kind.with(codes, charged).toBuilder()
                        .failuresSinceAccepted(codes.failuresSinceAccepted() + 1)
                        .build());
                yield draft.record(Draft.event(kind.wrong()).purpose(Purpose.LOGIN))
                        .refuse(Refusal.WRONG_BACKUP_CODE);
            }
            case OVERTAKEN -> draft.refuse(Refusal.OVERTAKEN);
            case NOT_GIVEN -> draft.refuse(Refusal.NO_BACKUP_CODES);
        };
    }

    /** Returns the set after the code of a slot was used; {@code null} if it was the last unused code. */
    private static @Nullable BackupCodeSet used(BackupCodeSet set, int slot) {
        int unused = set.unused() & ~(1 << slot);
        return unused == 0 ? null : set.toBuilder().unused(unused).failures(0).build();
    }

    /** Stores a new set of codes, which replaces an earlier set of its kind. The number of wrong codes for the ceiling stays. */
    static void create(Draft draft, BackupKind kind, NewBackupCodes created, @Nullable Instant expiresAt) {
        BackupCodeSet set = BackupCodeSet.builder()
                .hashes(created.hashes())
                .unused((1 << created.count()) - 1)
                .createdAt(draft.now())
                .expiresAt(expiresAt)
                .build();
        draft.setBackupCodes(kind.with(draft.backupCodes(), set));
    }

    /**
     * Returns whether the number of wrong codes is at the ceiling. Then only an accepted code of a token makes emergency and
     * recovery codes usable again.
     */
    static boolean isAtCeiling(Draft draft) {
        return draft.backupCodes().failuresSinceAccepted()
                >= draft.policy().lock().failureCeiling();
    }

    /**
     * Resets the number of wrong codes after an accepted code of a token, or its accepted response to a signing request. If the
     * policy says so, also ends the emergency codes, because the holder has the token again.
     */
    static void tokenCodeAccepted(Draft draft) {
        if (draft.backupCodes().equals(BackupCodes.NONE)) {
            return;
        }
        BackupCodes.Builder codes = draft.backupCodes().toBuilder().failuresSinceAccepted(0);
        if (draft.policy().backupCodes().diesWithAcceptedCode()) {
            codes.emergency(null);
        }
        draft.setBackupCodes(codes.build());
    }

    /** Removes emergency codes that have expired. */
    static BackupCodes withoutExpired(BackupCodes codes, Instant now) {
        BackupCodeSet emergency = codes.emergency();
        return emergency != null && emergency.isExpiredAt(now) ? BackupKind.EMERGENCY.with(codes, null) : codes;
    }

    /** Removes both sets. The number of wrong codes for the ceiling stays. */
    static BackupCodes without(BackupCodes codes) {
        return codes.toBuilder().emergency(null).recovery(null).build();
    }

    /** Returns the number of further wrong codes that lock the set of a kind; empty if the holder has no codes of the kind. */
    public static OptionalInt triesLeft(TokenPolicy policy, BackupCodes codes, BackupKind kind, Instant now) {
        BackupCodeSet set = kind.of(withoutExpired(codes, now));
        return set == null ? OptionalInt.empty() : OptionalInt.of(triesLeft(policy, codes, kind, set));
    }

    private static int triesLeft(TokenPolicy policy, BackupCodes codes, BackupKind kind, BackupCodeSet set) {
        return Math.max(
                0,
                Math.min(
                        kind.tries(policy.backupCodes()) - set.failures(),
                        policy.lock().failureCeiling() - codes.failuresSinceAccepted()));
    }
}
