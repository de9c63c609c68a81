package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules for a new software token and for a new order. */
final class IssueRules {
    /**
     * The cause of an issue or an order. The event records it.
     *
     * @param purpose the purpose; {@code null} for the first token
     * @param operator the operator; {@code null} if the holder acts
     * @param reason the operator's reason; {@code null} if the holder acts
     */
    record Cause(
            @Nullable Purpose purpose,
            @Nullable Operator operator,
            @Nullable String reason) {
        static final Cause FIRST = new Cause(null, null, null);
        static final Cause RENEWAL = new Cause(Purpose.RENEWAL, null, null);

        private TokenEvent.Builder of(TokenEvent.Builder event) {
            return event.purpose(purpose).operator(operator).reason(reason);
        }
    }

    private IssueRules() {}

    /** Makes a new software token pending. */
    static Decision issue(Draft draft, NewSoftwareToken issued, Cause cause) {
        SoftwarePolicy policy = draft.policy().software();
        Instant opensAt = provisionableFrom(draft);
        Token token = Token.builder()
                .serial(issued.serial())
                .kind(TokenKind.SOFTWARE)
                .profile(draft.policy().codes().profile())
                .state(TokenState.ISSUED)
                .secret(issued.secret())
                .signing(issued.signing())
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
        return draft.record(cause.of(Draft.event(EventType.ISSUED, token))).accept();
    }

    /** The instant from which the app can be provisioned. It waits after the end of the holder's last software token. */
    private static Instant provisionableFrom(Draft draft) {
        Instant endedAt = draft.softwareEndedAt();
        if (endedAt == null) {
            return draft.now();
        }
        Instant from = draft.policy()
                .software()
                .provisioningWait()
                .after(endedAt, draft.policy().zone());
        return from.isAfter(draft.now()) ? from : draft.now();
    }

    /** Makes a new order pending. */
    static Decision order(Draft draft, Cause cause) {
        setOrder(
                draft,
                Order.builder().state(OrderState.PLACED).placedAt(draft.now()).build(),
                null);
        return draft.record(cause.of(Draft.event(EventType.ORDERED))).accept();
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
