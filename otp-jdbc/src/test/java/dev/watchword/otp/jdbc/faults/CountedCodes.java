package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.EventType;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The emergency codes that an enrolment must have after its events. */
final class CountedCodes {
    /** The numbers of the unused codes; empty if there is no set. */
    final Set<Long> unused = new TreeSet<>();

    private int failures;
    private int failuresSinceAccepted;

    /**
     * Applies an event about emergency codes.
     *
     * @param codes the issued codes, or the used code; empty if a code was wrong
     * @return whether it can follow the earlier events: each code of the latest set is used once
     */
    boolean count(EventType type, Set<Long> codes) {
        return switch (type) {
            case EMERGENCY_CODES_ISSUED -> issue(codes);
            case EMERGENCY_CODE_ACCEPTED -> use(codes);
            case WRONG_EMERGENCY_CODE -> charge();
            default -> false;
        };
    }

    private boolean issue(Set<Long> codes) {
        end();
        failures = 0;
        return unused.addAll(codes);
    }

    private boolean use(Set<Long> codes) {
        failures = 0;
        failuresSinceAccepted = 0;
        return unused.removeAll(codes);
    }

    private boolean charge() {
        failures++;
        failuresSinceAccepted++;
        return !unused.isEmpty();
    }

    /** The token of the codes ended, or another one was activated. */
    void end() {
        unused.clear();
    }

    /** A code or a signature of the token was accepted. */
    void tokenAccepted() {
        failuresSinceAccepted = 0;
    }

    /** Describes the state, to compare it with the stored one. */
    String state() {
        Set<Integer> slots = unused.stream().map(EmergencyCode::slot).collect(Collectors.toCollection(TreeSet::new));
        return state(slots, failures, failuresSinceAccepted);
    }

    static String state(BackupCodes stored) {
        BackupCodeSet set = stored.emergency();
        Set<Integer> slots = new TreeSet<>();
        for (int slot = 0; set != null && slot < BackupCodeSet.MAX_CODES; slot++) {
            if (set.isUnused(slot)) {
                slots.add(slot);
            }
        }
        return state(slots, set == null ? 0 : set.failures(), stored.failuresSinceAccepted());
    }

    private static String state(Set<Integer> slots, int failures, int failuresSinceAccepted) {
        return "unused slots " + slots + (slots.isEmpty() ? "" : ", wrong codes " + failures)
                + ", wrong codes since an accepted one " + failuresSinceAccepted;
    }
}
