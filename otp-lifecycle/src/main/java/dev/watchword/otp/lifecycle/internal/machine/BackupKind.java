package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import org.jspecify.annotations.Nullable;

/** The two kinds of codes that a holder without a token can log in with. Each has a separate set and a separate limit. */
public enum BackupKind {
    /** Codes that an operator issues for some hours or days (R14.1). */
    EMERGENCY(EventType.EMERGENCY_CODE_ACCEPTED, EventType.WRONG_EMERGENCY_CODE),
    /** Codes that the holder creates and keeps (R14.2). */
    RECOVERY(EventType.RECOVERY_CODE_ACCEPTED, EventType.WRONG_RECOVERY_CODE);

    private final EventType accepted;
    private final EventType wrong;

    BackupKind(EventType accepted, EventType wrong) {
        this.accepted = accepted;
        this.wrong = wrong;
    }

    EventType accepted() {
        return accepted;
    }

    EventType wrong() {
        return wrong;
    }

    /** Returns the set of this kind, or {@code null}. */
    public @Nullable BackupCodeSet of(BackupCodes codes) {
        return this == EMERGENCY ? codes.emergency() : codes.recovery();
    }

    /** Replaces the set of this kind. */
    BackupCodes with(BackupCodes codes, @Nullable BackupCodeSet set) {
        return this == EMERGENCY
                ? codes.toBuilder().emergency(set).build()
                : codes.toBuilder().recovery(set).build();
    }

    /** The number of consecutive wrong codes that locks the set. */
    int tries(BackupCodePolicy policy) {
        return this == EMERGENCY ? policy.emergencyTries() : policy.recoveryTries();
    }
}
