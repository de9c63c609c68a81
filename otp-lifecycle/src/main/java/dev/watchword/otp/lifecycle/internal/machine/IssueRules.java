package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules for a new software token and for a new order. */
final class IssueRules {
    private IssueRules() {}

    /** Makes a new software token pending. */
    static Decision issue(Draft draft, NewSoftwareToken issued, @Nullable Purpose purpose) {
        SoftwarePolicy policy = draft.policy().software();
        Instant opensAt = purpose == null ? provisionableFrom(draft) : draft.now();
        Token token = Token.builder()
                .serial(issued.serial())
                .kind(TokenKind.SOFTWARE)
                .profile(draft.policy().codes().profile())
                .state(TokenState.ISSUED)
                .secret(issued.secret())
                .issuedAt(draft.now())
                .expiresAt(draft.now().plus(policy.lifetime()))
                .provisioning(Provisioning.builder()
                        .password(issued.password())
                        .opensAt(opensAt)
                        .closesAt(opensAt.plus(policy.passwordLifetime()))
                        .build())
                .build();
        draft.setPending(Pending.builder()
                .token(token)
                .lapsesAt(opensAt.plus(draft.policy().pendingLifetime()))
                .build());
        return draft.record(Draft.event(EventType.ISSUED, token).purpose(purpose))
                .accept();
    }

    /** The instant from which the app may be provisioned: after a revocation the next calendar day, if the policy says so. */
    private static Instant provisionableFrom(Draft draft) {
        Instant revokedAt = draft.before().softwareRevokedAt();
        if (revokedAt == null || !draft.policy().software().fromNextDay()) {
            return draft.now();
        }
        Instant nextDay = revokedAt
                .atZone(draft.policy().zone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(draft.policy().zone())
                .toInstant();
        return nextDay.isAfter(draft.now()) ? nextDay : draft.now();
    }

    /** Makes a new order pending. */
    static Decision order(Draft draft, @Nullable Purpose purpose) {
        setOrder(
                draft,
                Order.builder().state(OrderState.PLACED).placedAt(draft.now()).build(),
                null);
        return draft.record(Draft.event(EventType.ORDERED).purpose(purpose)).accept();
    }

    /** Replaces the pending order and its token. The time for the activation begins again. */
    static void setOrder(Draft draft, Order order, @Nullable Token token) {
        draft.setPending(Pending.builder()
                .order(order)
                .token(token)
                .lapsesAt(draft.now().plus(draft.policy().pendingLifetime()))
                .build());
    }
}
