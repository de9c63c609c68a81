package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Totp;
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
 * @param lastStep the last time step that was accepted, or {@link Totp#NO_STEP}
 * @param failures how many wrong codes in a row since the last accepted one or resumption
 * @param suspension its suspension; {@code null} if it is not suspended
 */
public record Token(
        SerialNumber serial,
        TokenKind kind,
        TotpProfile profile,
        TokenState state,
        @Nullable SealedSecret secret,
        Instant issuedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant revokedAt,
        Instant expiresAt,
        long lastStep,
        int failures,
        @Nullable Suspension suspension) {

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
        boolean revoked = state == TokenState.REVOKED;
        if (state == TokenState.UNREGISTERED || revoked == (secret != null) || revoked == (revokedAt == null)) {
            throw new IllegalArgumentException(
                    "Token " + serial + " is " + state + ": a revoked token, and no other, has no secret and an end");
        }
        if (failures < 0) {
            throw new IllegalArgumentException("Token " + serial + " has " + failures + " failures");
        }
    }

    static Token issued(
            SerialNumber serial,
            TokenKind kind,
            TotpProfile profile,
            SealedSecret secret,
            Instant issuedAt,
            Instant expiresAt) {
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
                Totp.NO_STEP,
                0,
                null);
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean isSuspended() {
        return suspension != null;
    }

    /** This token in the state that an edge leads to; staying in a state changes nothing. */
    Token movedTo(TokenState next, Instant at) {
        if (next == state) {
            return this;
        }
        boolean revoked = next == TokenState.REVOKED;
        return new Token(
                serial,
                kind,
                profile,
                next,
                revoked ? null : secret,
                issuedAt,
                next == TokenState.ACTIVE ? at : activatedAt,
                revoked ? at : null,
                expiresAt,
                lastStep,
                failures,
                revoked ? null : suspension);
    }

    Token afterAccepting(long step) {
        return with(step, 0, suspension);
    }

    Token afterFailure() {
        return with(lastStep, failures + 1, suspension);
    }

    Token suspended(Suspension why) {
        return with(lastStep, failures, why);
    }

    Token resumed() {
        return with(lastStep, 0, null);
    }

    private Token with(long newLastStep, int newFailures, @Nullable Suspension newSuspension) {
        return new Token(
                serial,
                kind,
                profile,
                state,
                secret,
                issuedAt,
                activatedAt,
                revokedAt,
                expiresAt,
                newLastStep,
                newFailures,
                newSuspension);
    }
}
