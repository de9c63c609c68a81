package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import java.util.Objects;

/** Carries out the actions. Emergency codes have {@link EmergencyCodesController}, because their answer contains a secret. */
final class DeskActions {
    private DeskActions() {}

    /** Carries out an action whose kind of reason is one of {@link DeskAction#kinds}. */
    static Outcome<?> perform(OperatorDesk desk, Holder holder, DeskAction action, ActionForm form) {
        String reason = form.reason();
        return switch (action) {
            case SUSPEND -> desk.suspend(holder, kind(form), reason);
            case RESUME -> desk.resume(holder, reason);
            case SUSPEND_HOLDER -> desk.suspendHolder(holder, kind(form), reason);
            case RESUME_HOLDER -> desk.resumeHolder(holder, reason);
            case ORDER -> desk.orderHardware(holder, reason);
            case ASSIGN -> desk.assign(holder, form.serialNumber());
            case SEND -> desk.send(holder);
            case REPLACE_WITH_HARDWARE ->
                staysInUse(form)
                        ? desk.orderSuccessor(holder, reason)
                        : desk.replaceWithHardware(holder, kind(form), reason);
            case REPLACE_WITH_SOFTWARE ->
                staysInUse(form)
                        ? desk.issueSuccessor(holder, form.softwareRequest(), reason)
                        : desk.replaceWithSoftware(holder, kind(form), form.softwareRequest(), reason);
            case RESET_FACTORS -> desk.resetFactors(holder, reason);
            case CANCEL -> desk.cancel(holder, reason);
            case REVOKE -> desk.revoke(holder, reason);
            case ERASE -> desk.erase(holder);
            case EMERGENCY_CODES -> throw new IllegalArgumentException("Emergency codes have another controller");
        };
    }

    private static SuspensionReason kind(ActionForm form) {
        return SuspensionReason.valueOf(Objects.requireNonNull(form.kind(), "kind"));
    }

    private static boolean staysInUse(ActionForm form) {
        return DeskAction.STAYS_IN_USE.equals(form.kind());
    }
}
