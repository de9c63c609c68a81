package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.time.Instant;
import java.time.LocalDate;

/** The changes of a token. The records of the model only validate; every change of a token is here. */
final class TokenTransitions {
    private static final long SECONDS_PER_DAY = 86_400;

    private TokenTransitions() {}

    static Token activated(Token token, Instant at) {
        return token.toBuilder()
                .state(TokenState.ACTIVE)
                .activatedAt(at)
                .lastAcceptedOn(lastAcceptedOn(token, at))
                .build();
    }

    /**
     * Returns the day of an instant, or the recorded day if it is later. A node with a slow clock therefore does not move the day
     * back.
     */
    private static LocalDate lastAcceptedOn(Token token, Instant at) {
        LocalDate recorded = token.lastAcceptedOn();
        long day = Math.floorDiv(at.getEpochSecond(), SECONDS_PER_DAY);
        return recorded != null && recorded.toEpochDay() >= day ? recorded : LocalDate.ofEpochDay(day);
    }

    /** Ends a token. Its secret and its activation password are removed. */
    static Token revoked(Token token, Instant at) {
        return withoutActivationPassword(token).toBuilder()
                .state(TokenState.REVOKED)
                .revokedAt(at)
                .secret(null)
                .signing(null)
                .suspension(null)
                .counterUnknown(false)
                .build();
    }

    static Token withoutActivationPassword(Token token) {
        Provisioning provisioning = token.provisioning();
        return provisioning == null
                ? token
                : withProvisioning(
                        token, provisioning.toBuilder().password(null).build());
    }

    /** Spends an accepted code: records its moving factor, its drift and the day, and resets the failures. */
    static Token afterAccepting(Token token, CodeState codes, Instant at) {
        return token.toBuilder()
                .codes(codes)
                .counterUnknown(false)
                .lastAcceptedOn(lastAcceptedOn(token, at))
                .failures(Failures.NONE)
                .build();
    }

    /** Spends a response: records its counter or time step and the day, and resets the failures. */
    static Token afterSigning(Token token, OcraVerification.Matched response, Instant at) {
        SigningKey key = requireNonNull(token.signing(), "signing");
        SigningKey.Builder spent = key.toBuilder().counterUnknown(false);
        response.counter().ifPresent(counter -> spend(spent, counter));
        response.step().ifPresent(spent::lastStep);
        return token.toBuilder()
                .signing(spent.build())
                .lastAcceptedOn(lastAcceptedOn(token, at))
                .failures(Failures.NONE)
                .build();
    }

    /** The greatest counter has no successor, so the next challenge must be a random one. */
    private static void spend(SigningKey.Builder key, long counter) {
        boolean isGreatest = counter == Long.MAX_VALUE;
        key.nextCounter(isGreatest ? counter : counter + 1).counterUnknown(isGreatest);
    }

    /** Marks that the last spent counter of the signing key is unknown, and spends every time step up to a step. */
    static Token withFlooredSigning(Token token, long step) {
        SigningKey key = token.signing();
        if (key == null || !key.varies()) {
            return token;
        }
        SigningKey.Builder floored = key.toBuilder().counterUnknown(key.suite().hasCounter());
        if (key.suite().timeStep().isPresent()) {
            floored.lastStep(Math.max(key.lastStep(), step));
        }
        return token.toBuilder().signing(floored.build()).build();
    }

    /** Marks that the last spent counter of the signing key is unknown. */
    static Token withUnknownSigningCounter(Token token) {
        return withFlooredSigning(token, SigningKey.NO_STEP);
    }

    /** Charges one wrong code. */
    static Token charged(Token token, Instant at) {
        Failures failures = token.failures();
        return token.toBuilder()
                .failures(Failures.of(failures.consecutive() + 1, failures.sinceAccepted() + 1, at))
                .build();
    }

    static Token suspended(Token token, Suspension suspension) {
        return token.toBuilder().suspension(suspension).build();
    }

    /** Resumes a token and resets its consecutive failures. The failures since the last accepted code stay. */
    static Token resumed(Token token) {
        Failures failures = token.failures();
        return token.toBuilder()
                .suspension(null)
                .failures(Failures.of(0, failures.sinceAccepted(), failures.lastAt()))
                .build();
    }

    /** Marks that the last spent counter is unknown. */
    static Token withUnknownCounter(Token token) {
        return token.toBuilder().counterUnknown(true).build();
    }

    static Token withProvisioning(Token token, Provisioning provisioning) {
        return token.toBuilder().provisioning(provisioning).build();
    }

    /** Spends every moving factor up to a step. */
    static Token floored(Token token, long step) {
        CodeState codes = token.codes();
        return token.toBuilder()
                .codes(new CodeState(Math.max(codes.lastStep(), step), codes.drift()))
                .build();
    }
}
