package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is stored. Immutable; the machine alone decides what becomes of it.
 *
 * @param serial its serial number
 * @param kind what shows its codes
 * @param profile the parameters of its codes
 * @param state issued, active or revoked
 * @param secret its sealed secret; {@code null} exactly if it is revoked
 * @param issuedAt when it was issued
 * @param activatedAt when it was activated; {@code null} if it never was
 * @param revokedAt when it was revoked; {@code null} exactly if it is not
 * @param expiresAt the first instant at which it accepts no code any more
 * @param codes how far its codes were accepted
 * @param failures the wrong codes that were charged to it
 * @param suspension its suspension; {@code null} if it is not suspended
 * @param provisioning how its app comes to its secret; {@code null} exactly for a hardware token
 */
public record Token(
        SerialNumber serial,
        TokenKind kind,
        OtpProfile profile,
        TokenState state,
        @Nullable SealedSecret secret,
        Instant issuedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant revokedAt,
        Instant expiresAt,
        CodeState codes,
        Failures failures,
        @Nullable Suspension suspension,
        @Nullable Provisioning provisioning) {

    /**
     * Creates a token from what a store kept.
     *
     * @throws IllegalArgumentException if the values contradict each other
     */
    public Token {
        requireNonNull(serial, "serial");
        requireNonNull(kind, "kind");
        requireNonNull(profile, "profile");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(codes, "codes");
        requireNonNull(failures, "failures");
        boolean revoked = state == TokenState.REVOKED;
        if (state == TokenState.UNREGISTERED || revoked == (secret != null) || revoked == (revokedAt == null)) {
            throw new IllegalArgumentException(
                    "Token " + serial + " is " + state + ": a revoked token, and no other, has no secret and an end");
        }
        if ((kind == TokenKind.SOFTWARE) != (provisioning != null)) {
            throw new IllegalArgumentException("Token " + serial + ": software tokens, and no others, are provisioned");
        }
        if (kind == TokenKind.SOFTWARE && !(profile instanceof TotpProfile)) {
            throw new IllegalArgumentException("Token " + serial + ": a software token counts time, not events");
        }
        codes.requireFits(profile);
        if (revoked && provisioning != null && provisioning.password() != null) {
            throw new IllegalArgumentException("Token " + serial + " is revoked and must have no password any more");
        }
    }

    static Token issued(
            SerialNumber serial,
            TokenKind kind,
            OtpProfile profile,
            SealedSecret secret,
            Instant issuedAt,
            Instant expiresAt,
            CodeState codes,
            @Nullable Provisioning provisioning) {
        return new Token(
                serial,
                kind,
                profile,
                TokenState.ISSUED,
                secret,
                issuedAt,
                null,
                null,
                expiresAt,
                codes,
                Failures.NONE,
                null,
                provisioning);
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean isSuspended() {
        return suspension != null;
    }

    Provisioning requireProvisioning() {
        return requireNonNull(provisioning, "provisioning");
    }

    Token activated(Instant at) {
        return with(TokenState.ACTIVE, secret, at, null, codes, failures, suspension, provisioning);
    }

    /** This token at its end: without its secret, and without its activation password. */
    Token revoked(Instant at) {
        Provisioning ended = provisioning == null ? null : provisioning.withoutPassword();
        return with(TokenState.REVOKED, null, activatedAt, at, codes, failures, null, ended);
    }

    Token afterAccepting(CodeState newCodes) {
        return with(state, secret, activatedAt, revokedAt, newCodes, Failures.NONE, suspension, provisioning);
    }

    Token failing(Failures newFailures) {
        return with(state, secret, activatedAt, revokedAt, codes, newFailures, suspension, provisioning);
    }

    Token suspended(Suspension why) {
        return with(state, secret, activatedAt, revokedAt, codes, failures, why, provisioning);
    }

    Token resumed() {
        return with(state, secret, activatedAt, revokedAt, codes, failures.resumed(), null, provisioning);
    }

    Token provisioned(Provisioning newProvisioning) {
        return with(state, secret, activatedAt, revokedAt, codes, failures, suspension, newProvisioning);
    }

    Token withSealed(@Nullable SealedSecret newSecret, @Nullable Provisioning newProvisioning) {
        return with(state, newSecret, activatedAt, revokedAt, codes, failures, suspension, newProvisioning);
    }

    /** This token after a floor, below which no code counts. */
    Token floored(long step) {
        CodeState floored = new CodeState(Math.max(codes.lastStep(), step), codes.drift());
        return with(state, secret, activatedAt, revokedAt, floored, failures, suspension, provisioning);
    }

    private Token with(
            TokenState newState,
            @Nullable SealedSecret newSecret,
            @Nullable Instant newActivatedAt,
            @Nullable Instant newRevokedAt,
            CodeState newCodes,
            Failures newFailures,
            @Nullable Suspension newSuspension,
            @Nullable Provisioning newProvisioning) {
        return new Token(
                serial,
                kind,
                profile,
                newState,
                newSecret,
                issuedAt,
                newActivatedAt,
                newRevokedAt,
                expiresAt,
                newCodes,
                newFailures,
                newSuspension,
                newProvisioning);
    }
}
