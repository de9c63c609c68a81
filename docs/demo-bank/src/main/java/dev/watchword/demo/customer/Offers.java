package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The operations that the customer's state allows. The library decides again when the customer confirms one.
 *
 * @param issue a first token
 * @param renew the successor of the token in use
 * @param activate the pending token
 * @param revoke the token in use
 * @param cancel the pending token or order
 */
record Offers(boolean issue, boolean renew, boolean activate, boolean revoke, boolean cancel) {
    private static final Offers NONE = new Offers(false, false, false, false, false);

    static Offers of(Registration registration, RenewalPolicy renewal, Instant now) {
        if (registration.suspension() != null) {
            return NONE;
        }
        TokenInfo token = registration.token();
        PendingInfo pending = registration.pending();
        boolean usable = token != null && isUsable(token, now);
        boolean releasable = !isSuspendedByOperator(pending);
        return new Offers(
                token == null && pending == null,
                usable && pending == null && isRenewable(token, renewal, now),
                pending != null && isReady(pending, now),
                usable && releasable,
                pending != null && releasable);
    }

    private static boolean isUsable(TokenInfo token, Instant now) {
        return token.suspension() == null && now.isBefore(token.expiresAt());
    }

    private static boolean isRenewable(TokenInfo token, RenewalPolicy renewal, Instant now) {
        return renewal.kinds().contains(token.kind())
                && !now.isBefore(token.expiresAt().minus(renewal.lead()));
    }

    /** A token can be activated when its app is set up, or when it was sent. */
    private static boolean isReady(PendingInfo pending, Instant now) {
        TokenInfo token = pending.token();
        if (token == null || !isUsable(token, now)) {
            return false;
        }
        return pending.kind() == TokenKind.SOFTWARE
                ? token.provisionedAt() != null
                : pending.order() != null && pending.order().state() == OrderState.SENT;
    }

    private static boolean isSuspendedByOperator(@Nullable PendingInfo pending) {
        TokenInfo token = pending == null ? null : pending.token();
        return token != null && token.suspension() != null && token.suspension().operator() != null;
    }
}
