package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Provisioning and activation in the model. */
final class ModelActivation {
    private ModelActivation() {}

    static @Nullable Refusal provision(ModelHolder holder, String entered, int device, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NOT_ISSUED);
        if (refusal != null) {
            return refusal;
        }
        ModelToken token = holder.pending.token;
        if (holder.pending.ordered || token == null) {
            return Refusal.NOT_ISSUED;
        }
        if (!now.isBefore(token.expiresAt)) {
            return Refusal.EXPIRED;
        }
        if (token.suspended) {
            return Refusal.SUSPENDED;
        }
        if (token.provisionedAt != null) {
            boolean again = device == token.device
                    && now.isBefore(
                            token.provisionedAt.plus(holder.policy.software().grace()));
            if (again) {
                holder.commit(now, EventType.PROVISIONED_AGAIN);
            }
            return again ? null : Refusal.ALREADY_PROVISIONED;
        }
        if (now.isBefore(token.opensAt)) {
            return Refusal.NOT_YET;
        }
        boolean dead = token.wrongPasswords >= holder.policy.software().passwordTries()
                || !now.isBefore(token.opensAt.plus(holder.policy.software().passwordLifetime()));
        if (dead) {
            return Refusal.ACTIVATION_PASSWORD_DEAD;
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

    /** Activates with a serial number, or with null if the holder enters none. */
    static @Nullable Refusal activate(ModelHolder holder, @Nullable String serial, String code, Instant now) {
        Refusal refusal = holder.needsPending(now, Refusal.NOT_ISSUED);
        if (refusal != null) {
            return refusal;
        }
        boolean ordered = holder.pending.ordered;
        ModelToken token = holder.pending.token;
        if (token == null || (ordered && holder.pending.order != OrderState.SENT)) {
            return Refusal.NOT_SENT;
        }
        if (!ordered && token.provisionedAt == null) {
            return Refusal.NOT_PROVISIONED;
        }
        refusal = holder.mayTakeCode(token, now);
        refusal = refusal == null ? holder.credentials.mayConfirm(Operation.ACTIVATE, now) : refusal;
        if (refusal != null) {
            return refusal;
        }
        if (!code.matches("[0-9]{8}")) {
            return Refusal.MALFORMED;
        }
        if (ordered && serial == null) {
            return Refusal.SERIAL_REQUIRED;
        }
        if (serial != null && !serial.equals(token.serial)) {
            holder.charge(Refusal.WRONG_CODE, token, now);
            holder.events.set(holder.events.indexOf(EventType.WRONG_CODE), EventType.WRONG_SERIAL);
            return Refusal.WRONG_SERIAL;
        }
        int reach = ordered ? holder.policy.codes().activationWindow().past() : 1;
        refusal = holder.credentials.confirm(Operation.ACTIVATE, EnteredFactors.NONE, token, code, reach, now);
        if (refusal == null) {
            holder.commit(now, EventType.ACTIVATED);
            if (holder.inUse != null) {
                holder.events.add(EventType.SUPERSEDED);
            }
            holder.inUse = token;
            holder.pending.clear();
        }
        return refusal;
    }
}
