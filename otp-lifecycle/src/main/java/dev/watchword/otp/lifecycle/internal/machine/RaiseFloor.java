package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * Raises the floor after a restored backup. No time step that a TOTP token can have displayed before the floor is
 * accepted. The counter of a HOTP token is unknown then, so the token is suspended. A mail code from before the
 * floor is removed.
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
            Token floored = floored(draft, token);
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
            draft.setCredentials(CredentialTransitions.mailCodeUsed(draft.credentials()));
            draft.record(Draft.event(EventType.FLOOR_RAISED).operator(operator).reason(reason));
            done = true;
        }
        return done ? draft.accept() : draft.refuse(Refusal.NO_TOKEN);
    }

    private Token floored(Draft draft, Token token) {
        if (token.profile() instanceof TotpProfile profile) {
            CodePolicy policy = draft.policy().codes();
            return TokenTransitions.floored(token, DriftRules.lastStepShown(policy, token, profile, floor));
        }
        boolean isKnown = token.isSuspended() || !token.issuedAt().isBefore(floor);
        return isKnown
                ? token
                : TokenTransitions.suspended(
                        token, Suspension.of(SuspensionReason.BACKUP_RESTORED, draft.now(), operator));
    }
}
