package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its activation: the order of a fob, the fob on its way, or an issued software token. Beside a token in
 * use it is that token's successor. Immutable.
 *
 * @param order the order; {@code null} exactly for a software token
 * @param token the issued token; {@code null} exactly for an order to which no fob was assigned yet
 * @param lapsesAt the first instant at which it is over if it was not activated
 */
public record Waiting(@Nullable Order order, @Nullable Token token, Instant lapsesAt) {
    /**
     * Creates what waits from what a store kept.
     *
     * @throws IllegalArgumentException if the values contradict each other
     */
    public Waiting {
        requireNonNull(lapsesAt, "lapsesAt");
        boolean orderFits = order == null
                ? token != null && token.kind() == TokenKind.SOFTWARE
                : (order.state() == OrderState.PLACED) == (token == null)
                        && (token == null || token.kind() == TokenKind.HARDWARE);
        if (!orderFits || (token != null && token.state() != TokenState.ISSUED)) {
            throw new IllegalArgumentException(
                    "Only an issued software token, an order, or an order with its issued fob can wait, not " + order
                            + " with " + token);
        }
    }

    boolean isLapsedAt(Instant now) {
        return !now.isBefore(lapsesAt);
    }

    TokenKind kind() {
        return order == null ? TokenKind.SOFTWARE : TokenKind.HARDWARE;
    }

    Waiting with(Token newToken) {
        return new Waiting(order, newToken, lapsesAt);
    }
}
