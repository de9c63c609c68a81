package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The emergency codes and recovery codes of a model holder, and the rules on them. */
final class ModelBackup {
    /** A code that is right for no set: the slot 0, random symbols that are all 0, and the check symbol. */
    static final String WRONG_EMERGENCY = "00000-00000-00001";

    static final String WRONG_RECOVERY = "00000-00000-00000";

    private final ModelHolder holder;
    private @Nullable ModelCodeSet emergency;
    private @Nullable ModelCodeSet recovery;
    private int wrongSinceAccepted;

    ModelBackup(ModelHolder holder) {
        this.holder = holder;
    }

    @Nullable
    ModelCodeSet emergency(Instant now) {
        return emergency != null && emergency.isExpired(now) ? null : emergency;
    }

    @Nullable
    ModelCodeSet recovery() {
        return recovery;
    }

    /** Returns the code of a slot, or a wrong one. */
    String emergencyCode(int slot) {
        return code(emergency, slot, WRONG_EMERGENCY);
    }

    String recoveryCode(int slot) {
        return code(recovery, slot, WRONG_RECOVERY);
    }

    private static String code(@Nullable ModelCodeSet set, int slot, String wrong) {
        String code = set == null || slot >= set.codes.size() ? null : set.codes.get(slot);
        return code == null ? wrong : code;
    }

    @Nullable
    Refusal mayIssueEmergency() {
        return firstOf(
                holder::mustBeKnown,
                () -> refuseIf(holder.inUse == null, Refusal.NOT_ACTIVE),
                () -> refuseIf(isAtCeiling(), Refusal.BACKUP_CODES_LOCKED));
    }

    void emergencyIssued(List<String> codes, Instant now) {
        emergency = new ModelCodeSet(
                codes, now, now.plus(holder.policy.backupCodes().emergencyLifetime()));
        holder.commit(now, EventType.EMERGENCY_CODES_ISSUED);
    }

    @Nullable
    Refusal mayCreateRecovery(EnteredFactors entered, String code, Instant now) {
        return firstOf(
                () -> holder.mayUseActive(now),
                () -> holder.credentials.mayConfirm(Operation.RECOVERY_CODES, entered, now),
                () -> ModelToken.formOf(code),
                () -> holder.credentials.confirmWithCode(Operation.RECOVERY_CODES, entered, code, now));
    }

    void recoveryCreated(List<String> codes, Instant now) {
        recovery = new ModelCodeSet(codes, now, null);
        holder.commit(now, EventType.RECOVERY_CODES_CREATED);
    }

    @Nullable
    Refusal useEmergency(String code, Instant now) {
        ModelCodeSet set = emergency(now);
        Refusal refusal = use(
                set,
                holder.policy.backupCodes().emergencyTries(),
                code,
                EventType.EMERGENCY_CODE_ACCEPTED,
                EventType.WRONG_EMERGENCY_CODE,
                now);
        if (set != null && set.unused() == 0) {
            emergency = null;
        }
        return refusal;
    }

    @Nullable
    Refusal useRecovery(String code, Instant now) {
        ModelCodeSet set = recovery;
        Refusal refusal = use(
                set,
                holder.policy.backupCodes().recoveryTries(),
                code,
                EventType.RECOVERY_CODE_ACCEPTED,
                EventType.WRONG_RECOVERY_CODE,
                now);
        if (set != null && set.unused() == 0) {
            recovery = null;
        }
        return refusal;
    }

    private @Nullable Refusal use(
            @Nullable ModelCodeSet set, int tries, String code, EventType accepted, EventType wrong, Instant now) {
        return firstOf(
                holder::mustBeKnown,
                holder::mayAct,
                () -> refuseIf(holder.inUse == null, Refusal.NOT_ACTIVE),
                () -> refuseIf(set == null, Refusal.NO_BACKUP_CODES),
                () -> judge(requireNonNull(set), tries, code, accepted, wrong, now));
    }

    private @Nullable Refusal judge(
            ModelCodeSet set, int tries, String code, EventType accepted, EventType wrong, Instant now) {
        int slot = Character.digit(code.charAt(0), 16);
        if (set.wrongInARow >= tries || isAtCeiling()) {
            return Refusal.BACKUP_CODES_LOCKED;
        }
        if (slot >= set.codes.size() || set.codes.get(slot) == null) {
            return Refusal.BACKUP_CODE_USED;
        }
        if (code.equals(set.codes.get(slot))) {
            set.codes.set(slot, null);
            set.wrongInARow = 0;
            wrongSinceAccepted = 0;
            holder.commit(now, accepted);
            return null;
        }
        set.wrongInARow++;
        wrongSinceAccepted++;
        holder.commit(now, wrong);
        return Refusal.WRONG_BACKUP_CODE;
    }

    private boolean isAtCeiling() {
        return wrongSinceAccepted >= holder.policy.lock().failureCeiling();
    }

    OptionalInt emergencyTriesLeft(Instant now) {
        return triesLeft(emergency(now), holder.policy.backupCodes().emergencyTries());
    }

    OptionalInt recoveryTriesLeft() {
        return triesLeft(recovery, holder.policy.backupCodes().recoveryTries());
    }

    private OptionalInt triesLeft(@Nullable ModelCodeSet set, int tries) {
        return set == null
                ? OptionalInt.empty()
                : OptionalInt.of(Math.max(
                        0,
                        Math.min(tries - set.wrongInARow, holder.policy.lock().failureCeiling() - wrongSinceAccepted)));
    }

    /** A code of a token was accepted. */
    void tokenCodeAccepted() {
        wrongSinceAccepted = 0;
        if (holder.policy.backupCodes().diesWithAcceptedCode()) {
            emergency = null;
        }
    }

    /** Another token is in use. */
    void tokenActivated() {
        emergency = null;
    }

    /** No token is in use any longer. */
    void tokenRevoked() {
        removeAll();
    }

    /** A theft or a fraud was reported. */
    void crimeReported() {
        removeAll();
    }

    private void removeAll() {
        emergency = null;
        recovery = null;
    }

    /** Every change removes emergency codes that have expired. */
    void dropExpired(Instant now) {
        emergency = emergency(now);
    }

    /** Removes the sets from before a floor. Returns how many there were. */
    int dropFrom(Instant floor, Instant now) {
        int dropped = 0;
        ModelCodeSet issued = emergency(now);
        if (issued != null && !issued.createdAt.isAfter(floor)) {
            emergency = null;
            dropped++;
        }
        if (recovery != null && !recovery.createdAt.isAfter(floor)) {
            recovery = null;
            dropped++;
        }
        return dropped;
    }
}
