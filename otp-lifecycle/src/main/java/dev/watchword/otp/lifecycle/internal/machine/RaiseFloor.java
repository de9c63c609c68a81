package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.Token;
import java.time.Instant;
import java.util.Optional;

/**
 * Raises the floor after a restored backup. No code that a TOTP token can have shown before the floor is accepted, also
 * with a drift that was learned after the backup. The counter of a HOTP token is unknown then, so the token must be resynchronised. A
 * mail code, an activation password, an open proof, a signing request, and emergency and recovery codes from before the floor can
 * have been used, so they are removed.
 *
 * @param floor the instant
 * @param operator the operator who raises the floor
 * @param reason the operator's reason
 */
public record RaiseFloor(Instant floor, Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.RAISE_FLOOR;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        boolean done = false;
        for (Token token : draft.living()) {
            Token floored = withFlooredSigning(draft, floored(draft, token));
            if (!floored.equals(token)) {
                draft.put(floored);
                draft.record(Draft.event(EventType.FLOOR_RAISED, token)
                        .operator(operator)
                        .reason(reason));
                done = true;
            }
        }
        MailCode code = draft.credentials().mailCode();
        if (code != null && code.sentAt().isBefore(floor)) {
            draft.setCredentials(CredentialTransitions.withoutMailCode(draft.credentials()));
            draft.record(Draft.event(EventType.FLOOR_RAISED).operator(operator).reason(reason));
            done = true;
        }
        if (draft.proof() != null) {
            draft.closeProof();
            draft.record(Draft.event(EventType.FLOOR_RAISED).operator(operator).reason(reason));
            done = true;
        }
        if (!draft.requests().isEmpty()) {
            draft.dropRequests();
            draft.record(Draft.event(EventType.FLOOR_RAISED).operator(operator).reason(reason));
            done = true;
        }
        for (BackupKind kind : BackupKind.values()) {
            BackupCodeSet set = kind.of(draft.backupCodes());
            if (set != null && !set.createdAt().isAfter(floor)) {
                draft.setBackupCodes(kind.with(draft.backupCodes(), null));
                draft.record(
                        Draft.event(EventType.FLOOR_RAISED).operator(operator).reason(reason));
                done = true;
            }
        }
        return done ? draft.accept() : draft.refuse(Refusal.NO_TOKEN);
    }

    /** Spends every time step of the signing key that can have been accepted before the floor. */
    private Token withFlooredSigning(Draft draft, Token token) {
        SigningKey key = token.signing();
        if (key == null || token.issuedAt().isAfter(floor)) {
            return token;
        }
        long last = key.suite()
                .timeStep()
                .map(step -> DriftRules.lastStepAccepted(draft.policy().codes(), token.profile(), step, floor))
                .orElse(SigningKey.NO_STEP);
        return TokenTransitions.withFlooredSigning(token, last);
    }

    private Token floored(Draft draft, Token token) {
        boolean isOlder = !token.issuedAt().isAfter(floor);
        if (token.profile() instanceof TotpProfile profile) {
            long last = DriftRules.lastStepAccepted(draft.policy().codes(), profile, floor);
            Token floored = TokenTransitions.floored(token, last);
            return isOlder ? TokenTransitions.withoutActivationPassword(floored) : floored;
        }
        return isOlder ? TokenTransitions.withUnknownCounter(token) : token;
    }
}
