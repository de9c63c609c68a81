package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The keys of the messages that say why a customer's tokens accept no code, and what to do. */
public final class TokenNotice {
    private static final String SUSPENDED = "otp.state.suspended";

    private TokenNotice() {}

    /**
     * Returns the message about the token in use. Without such a token, the message is about the pending one.
     *
     * @param registration the customer's registration
     * @param now the time
     * @return the key; {@code null} if nothing prevents the use of the token
     */
    public static @Nullable String of(Registration registration, Instant now) {
        if (registration.suspension() != null) {
            return "otp.state.holder-suspended";
        }
        TokenInfo token = registration.token();
        PendingInfo pending = registration.pending();
        if (token == null) {
            return ofPending(pending);
        }
        if (token.suspension() == null) {
            return now.isBefore(token.expiresAt()) ? null : "otp.state.expired";
        }
        if (token.suspension().operator() == null) {
            return "otp.state.failures";
        }
        return pending == null ? SUSPENDED : "otp.state.replaced";
    }

    /**
     * Returns the message about a pending token.
     *
     * @param pending the pending token or order, if there is one
     * @return the key; {@code null} if the pending token is not suspended
     */
    public static @Nullable String ofPending(@Nullable PendingInfo pending) {
        TokenInfo token = pending == null ? null : pending.token();
        if (token == null || token.suspension() == null) {
            return null;
        }
        return token.suspension().operator() == null ? "otp.state.pending-failures" : SUSPENDED;
    }
}
