package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of what waits for its activation.
 *
 * @param kind what the holder will have
 * @param order the order of a fob; {@code null} for a software token
 * @param token the issued token; {@code null} for an order to which no fob was assigned yet
 * @param provisionableFrom the instant from which the app can be provisioned; {@code null} for a fob
 * @param lapsesAt the first instant at which it is over if it was not activated
 */
public record WaitingInfo(
        TokenKind kind,
        @Nullable Order order,
        @Nullable TokenInfo token,
        @Nullable Instant provisionableFrom,
        Instant lapsesAt) {

    static WaitingInfo of(Waiting waiting) {
        Token token = waiting.token();
        Provisioning provisioning = token == null ? null : token.provisioning();
        return new WaitingInfo(
                waiting.kind(),
                waiting.order(),
                token == null ? null : TokenInfo.of(token),
                provisioning == null ? null : provisioning.opensAt(),
                waiting.lapsesAt());
    }
}
