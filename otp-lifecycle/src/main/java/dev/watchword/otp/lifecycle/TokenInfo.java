package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a token. Never its secret. Instants are to be shown in the institution's time zone.
 *
 * @param kind what shows its codes
 * @param serial its serial number
 * @param issuedAt when it was issued, or assigned to the holder's order
 * @param provisionedAt when its app received its secret; {@code null} if it did not yet, and for a hardware token
 * @param activatedAt when it was activated; {@code null} if it was not yet
 * @param expiresAt the first instant at which it accepts no code any more
 * @param suspension its suspension; {@code null} if it is not suspended
 */
public record TokenInfo(
        TokenKind kind,
        SerialNumber serial,
        Instant issuedAt,
        @Nullable Instant provisionedAt,
        @Nullable Instant activatedAt,
        Instant expiresAt,
        @Nullable Suspension suspension) {

    static TokenInfo of(Token token) {
        Provisioning provisioning = token.provisioning();
        return new TokenInfo(
                token.kind(),
                token.serial(),
                token.issuedAt(),
                provisioning == null ? null : provisioning.provisionedAt(),
                token.activatedAt(),
                token.expiresAt(),
                token.suspension());
    }
}
