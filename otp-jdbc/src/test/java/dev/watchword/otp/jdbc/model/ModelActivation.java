package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Provisioning and activation in the model. */
final class ModelActivation {
    private ModelActivation() {}

    static @Nullable Refusal provision(ModelHolder holder, String entered, int device, Instant now) {
        Refusal refusal = firstOf(() -> holder.mayUsePending(now), () -> mayBeProvisioned(holder, now));
        if (refusal != null) {
            return refusal;
        }
        ModelToken token = requireNonNull(holder.pending.token);
        return token.provisionedAt == null
                ? provisionFirst(holder, token, entered, device, now)
                : provisionAgain(holder, token, device, now);
    }

    private static @Nullable Refusal mayBeProvisioned(ModelHolder holder, Instant now) {
        ModelToken token = holder.pending.token;
        if (holder.pending.ordered || token == null) {
            return Refusal.NOT_ISSUED;
        }
        return firstOf(
                () -> refuseIf(!now.isBefore(token.expiresAt), Refusal.EXPIRED),
                () -> refuseIf(token.suspended, Refusal.SUSPENDED));
    }

    private static @Nullable Refusal provisionFirst(
            ModelHolder holder, ModelToken token, String entered, int device, Instant now) {
        SoftwarePolicy policy = holder.policy.software();
        boolean dead = !token.hasActivationPassword(policy.passwordTries())
                || !now.isBefore(token.opensAt.plus(policy.passwordLifetime()));
        Refusal refusal = firstOf(
                () -> refuseIf(now.isBefore(token.opensAt), Refusal.NOT_YET),
                () -> refuseIf(dead, Refusal.ACTIVATION_PASSWORD_DEAD));
        if (refusal != null) {
            return refusal;
        }
        if (!entered.equals(token.activationPassword)) {
            token.wrongPasswords++;
            holder.commit(now, EventType.WRONG_ACTIVATION_PASSWORD);
            return Refusal.WRONG_ACTIVATION_PASSWORD;
        }
        token.provisionedAt = now;
        token.device = device;
        holder.commit(now, EventType.PROVISIONED);
        return null;
    }

    /** The same device gets its answer again within the grace time, as often as the policy says. */
    private static @Nullable Refusal provisionAgain(ModelHolder holder, ModelToken token, int device, Instant now) {
        SoftwarePolicy policy = holder.policy.software();
        boolean again = device == token.device
                && now.isBefore(requireNonNull(token.provisionedAt).plus(policy.grace()))
                && token.repeats < policy.repeats();
        if (!again) {
            return Refusal.ALREADY_PROVISIONED;
        }
        token.repeats++;
        holder.commit(now, EventType.PROVISIONED_AGAIN);
        return null;
    }

    /** Activates with a serial number, or with null for a software token. */
    static @Nullable Refusal activate(
            ModelHolder holder, @Nullable String serial, EnteredFactors entered, String code, Instant now) {
        TotpWindow window = serial == null
                ? holder.policy.codes().window()
                : holder.policy.codes().activationWindow();
        return activate(
                holder,
                serial,
                entered,
                ModelToken.formOf(code),
                token -> token.judge(code, now, window, holder.driftCap()),
                now);
    }

    /** Activates a hardware token with two consecutive codes. */
    static @Nullable Refusal activateConsecutively(
            ModelHolder holder, String serial, EnteredFactors entered, String first, String second, Instant now) {
        int range = holder.policy.codes().resynchronisationRange();
        return activate(
                holder,
                serial,
                entered,
                firstOf(() -> ModelToken.formOf(first), () -> ModelToken.formOf(second)),
                token -> token.judgeTwo(first, second, now, range, holder.driftCap()),
                now);
    }

    private static @Nullable Refusal activate(
            ModelHolder holder,
            @Nullable String serial,
            EnteredFactors entered,
            @Nullable Refusal form,
            ModelCredentials.CodeCheck code,
            Instant now) {
        Refusal refusal = firstOf(
                () -> holder.mayUsePending(now),
                () -> mayBeActivated(holder),
                () -> holder.mayTakeCode(requireNonNull(holder.pending.token), now),
                () -> isOfKind(requireNonNull(holder.pending.token), serial),
                () -> holder.credentials.mayConfirm(Operation.ACTIVATE, entered, now),
                () -> form,
                () -> serialIsRight(holder, serial, now),
                () -> holder.credentials.confirm(
                        Operation.ACTIVATE, entered, requireNonNull(holder.pending.token), code, now));
        if (refusal == null) {
            holder.commit(now, EventType.ACTIVATED);
            if (holder.inUse != null) {
                holder.events.add(EventType.SUPERSEDED);
                holder.endInUse(now);
            }
            holder.inUse = requireNonNull(holder.pending.token);
            holder.inUse.usedAt(now);
            holder.backup.tokenActivated();
            holder.pending.clear();
        }
        return refusal;
    }

    private static @Nullable Refusal mayBeActivated(ModelHolder holder) {
        ModelToken token = holder.pending.token;
        if (token == null || (holder.pending.ordered && holder.pending.order != OrderState.SENT)) {
            return Refusal.NOT_SENT;
        }
        return refuseIf(token.software && token.provisionedAt == null, Refusal.NOT_PROVISIONED);
    }

    /** A hardware token is activated with its serial number, and a software token without one. */
    private static @Nullable Refusal isOfKind(ModelToken token, @Nullable String serial) {
        return firstOf(
                () -> refuseIf(!token.software && serial == null, Refusal.SERIAL_REQUIRED),
                () -> refuseIf(token.software && serial != null, Refusal.NOT_SENT));
    }

    /** A wrong serial number counts like a wrong code. */
    private static @Nullable Refusal serialIsRight(ModelHolder holder, @Nullable String serial, Instant now) {
        ModelToken token = requireNonNull(holder.pending.token);
        if (serial == null || serial.equals(token.serial)) {
            return null;
        }
        holder.charge(Refusal.WRONG_CODE, token, now);
        holder.events.set(holder.events.indexOf(EventType.WRONG_CODE), EventType.WRONG_SERIAL);
        return Refusal.WRONG_SERIAL;
    }
}
