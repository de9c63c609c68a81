package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Issue, order and renewal in the model. */
final class ModelIssue {
    private ModelIssue() {}

    private static @Nullable Refusal mayBegin(ModelHolder holder, Instant now) {
        return holder.inUse != null || holder.pending.isLive(now) ? Refusal.TOKEN_EXISTS : null;
    }

    static @Nullable Refusal mayIssue(ModelHolder holder, String address, EnteredFactors entered, Instant now) {
        Refusal refusal = mayBegin(holder, now);
        refusal = refusal == null ? holder.credentials.mayConfirm(Operation.ISSUE, now) : refusal;
        boolean elsewhere = holder.credentials.mailCodeWentElsewhere(address);
        refusal = refusal == null && elsewhere ? Refusal.NO_MAIL_CODE : refusal;
        return refusal == null ? holder.credentials.confirm(Operation.ISSUE, entered, now) : refusal;
    }

    static void issued(ModelHolder holder, ModelToken token, String activationPassword, boolean renewal, Instant now) {
        Instant opensAt = now;
        Instant revokedAt = holder.softwareRevokedAt;
        if (!renewal && revokedAt != null && holder.policy.software().fromNextDay()) {
            Instant nextDay = revokedAt
                    .atZone(holder.policy.zone())
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(holder.policy.zone())
                    .toInstant();
            opensAt = nextDay.isAfter(now) ? nextDay : now;
        }
        holder.commit(now, EventType.ISSUED);
        token.activationPassword = activationPassword;
        token.opensAt = opensAt;
        holder.hasUserId = true;
        holder.pending.begin(null, token, opensAt);
    }

    static @Nullable Refusal order(ModelHolder holder, EnteredFactors entered, Instant now) {
        Refusal refusal = mayBegin(holder, now);
        refusal = refusal == null ? holder.credentials.mayConfirm(Operation.ORDER, now) : refusal;
        refusal = refusal == null ? holder.credentials.confirm(Operation.ORDER, entered, now) : refusal;
        if (refusal == null) {
            holder.commit(now, EventType.ORDERED);
            holder.hasUserId = true;
            holder.pending.begin(OrderState.PLACED, null, now);
        }
        return refusal;
    }

    static @Nullable Refusal mayRenew(
            ModelHolder holder, boolean software, EnteredFactors entered, String code, Instant now) {
        Refusal refusal = holder.mayUseActive(now);
        ModelToken token = holder.inUse;
        if (refusal != null || token == null) {
            return refusal;
        }
        if (holder.pending.isLive(now)) {
            return Refusal.TOKEN_EXISTS;
        }
        TokenKind kind = token.software ? TokenKind.SOFTWARE : TokenKind.HARDWARE;
        if (token.software != software || !holder.policy.renewal().kinds().contains(kind)) {
            return Refusal.NOT_RENEWABLE;
        }
        if (now.isBefore(token.expiresAt.minus(Duration.ofDays(90)))) {
            return Refusal.NOT_YET;
        }
        refusal = holder.credentials.mayConfirm(Operation.RENEW, now);
        return refusal == null ? holder.credentials.confirm(Operation.RENEW, entered, token, code, 1, now) : refusal;
    }

    static void successorOrdered(ModelHolder holder, Instant now) {
        holder.commit(now, EventType.ORDERED);
        holder.pending.begin(OrderState.PLACED, null, now);
    }
}
