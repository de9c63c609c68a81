package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Issue, order and renewal in the model. */
final class ModelIssue {
    private static final Duration RENEWAL_LEAD = Duration.ofDays(90);

    private ModelIssue() {}

    private static @Nullable Refusal mayBegin(ModelHolder holder, Instant now) {
        return firstOf(
                holder::mayAct,
                () -> refuseIf(holder.inUse != null || holder.pending.isLive(now), Refusal.TOKEN_EXISTS));
    }

    static @Nullable Refusal mayIssue(ModelHolder holder, String address, EnteredFactors entered, Instant now) {
        return firstOf(
                () -> mayBegin(holder, now),
                () -> holder.credentials.mayConfirm(Operation.ISSUE, address, entered, now),
                () -> holder.credentials.confirm(Operation.ISSUE, entered, now));
    }

    /** Makes a token pending: an issued one, or a successor. A lapse in the same commit delays it too. */
    static void issued(ModelHolder holder, ModelToken token, String activationPassword, Instant now) {
        holder.commit(now, EventType.ISSUED);
        token.activationPassword = activationPassword;
        token.opensAt = opensAt(holder, now);
        holder.hasUserId = true;
        holder.pending.begin(null, token, token.opensAt);
    }

    private static Instant opensAt(ModelHolder holder, Instant now) {
        Instant endedAt = holder.softwareEndedAt;
        if (endedAt == null) {
            return now;
        }
        Instant from = endOfWait(holder.policy.software().provisioningWait(), endedAt, holder.policy.zone());
        return from.isAfter(now) ? from : now;
    }

    private static Instant endOfWait(ProvisioningWait wait, Instant endedAt, ZoneId zone) {
        return wait instanceof ProvisioningWait.Lasting lasting
                ? endedAt.plus(lasting.time())
                : endedAt.atZone(zone)
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    static @Nullable Refusal order(ModelHolder holder, EnteredFactors entered, Instant now) {
        Refusal refusal = firstOf(
                () -> mayBegin(holder, now),
                () -> holder.credentials.mayConfirm(Operation.ORDER, entered, now),
                () -> holder.credentials.confirm(Operation.ORDER, entered, now));
        if (refusal == null) {
            ordered(holder, now);
        }
        return refusal;
    }

    static void ordered(ModelHolder holder, Instant now) {
        holder.commit(now, EventType.ORDERED);
        holder.hasUserId = true;
        holder.pending.begin(OrderState.PLACED, null, now);
    }

    static @Nullable Refusal orderByOperator(ModelHolder holder, Instant now) {
        Refusal refusal = refuseIf(holder.inUse != null || holder.pending.isLive(now), Refusal.TOKEN_EXISTS);
        if (refusal == null) {
            ordered(holder, now);
        }
        return refusal;
    }

    /** Replaces the token in use for the institution. The caller then makes the successor pending. */
    static @Nullable Refusal replace(ModelHolder holder, boolean suspends, Instant now) {
        Refusal refusal = firstOf(
                holder::mustBeKnown,
                () -> refuseIf(holder.inUse == null, Refusal.NOT_ACTIVE),
                () -> refuseIf(holder.pending.isLive(now), Refusal.TOKEN_EXISTS));
        if (refusal == null && suspends) {
            holder.commit(now, EventType.SUSPENDED);
            holder.signing.suspended();
            ModelToken lost = requireNonNull(holder.inUse);
            lost.suspended = true;
            lost.suspendedByOperator = true;
        }
        return refusal;
    }

    static @Nullable Refusal mayRenew(
            ModelHolder holder, boolean software, EnteredFactors entered, String code, Instant now) {
        return firstOf(
                () -> holder.mayUseActive(now),
                () -> refuseIf(holder.pending.isLive(now), Refusal.TOKEN_EXISTS),
                () -> isRenewable(holder, software, now),
                () -> holder.credentials.mayConfirm(Operation.RENEW, entered, now),
                () -> ModelToken.formOf(code),
                () -> holder.credentials.confirmWithCode(Operation.RENEW, entered, code, now));
    }

    private static @Nullable Refusal isRenewable(ModelHolder holder, boolean software, Instant now) {
        ModelToken token = requireNonNull(holder.inUse);
        TokenKind kind = token.software ? TokenKind.SOFTWARE : TokenKind.HARDWARE;
        boolean isAllowed =
                token.software == software && holder.policy.renewal().kinds().contains(kind);
        return firstOf(
                () -> refuseIf(!isAllowed, Refusal.NOT_RENEWABLE),
                () -> refuseIf(now.isBefore(token.expiresAt.minus(RENEWAL_LEAD)), Refusal.NOT_YET));
    }
}
