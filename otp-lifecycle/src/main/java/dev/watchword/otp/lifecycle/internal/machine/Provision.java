package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives the app of a software token its secret. The evidence is the result of comparing the activation password.
 *
 * @param key the public key of the device that sent the request
 */
public record Provision(DevicePublicKey key) implements Command<Proof> {
    @Override
    public TokenAction action() {
        return TokenAction.PROVISION;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        Token token = draft.requirePending().token();
        if (token == null || token.kind() == TokenKind.HARDWARE) {
            return Optional.of(draft.refuse(Refusal.NOT_ISSUED));
        }
        if (token.isExpiredAt(draft.now())) {
            return Optional.of(draft.refuse(Refusal.EXPIRED));
        }
        if (token.isSuspended()) {
            return Optional.of(draft.refuse(Refusal.SUSPENDED));
        }
        Provisioning provisioning = requireNonNull(token.provisioning());
        if (provisioning.isDone()) {
            return canRepeat(draft, provisioning)
                    ? Optional.empty()
                    : Optional.of(draft.refuse(Refusal.ALREADY_PROVISIONED));
        }
        if (draft.now().isBefore(provisioning.opensAt())) {
            return Optional.of(draft.refuse(Refusal.NOT_YET, provisioning.opensAt()));
        }
        boolean dead = provisioning.password() == null || !draft.now().isBefore(provisioning.closesAt());
        return dead ? Optional.of(draft.refuse(Refusal.ACTIVATION_PASSWORD_DEAD)) : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, Proof evidence) {
        Token token = draft.requireIssued();
        Provisioning before = requireNonNull(token.provisioning());
        if (before.isDone()) {
            return again(draft, token, before);
        }
        return switch (evidence) {
            case NOT_GIVEN -> draft.refuse(Refusal.FACTOR_MISSING);
            case OVERTAKEN -> draft.refuse(Refusal.OVERTAKEN);
            case WRONG -> charge(draft, token, before);
            case RIGHT -> provision(draft, token, before);
        };
    }

    private DeviceFingerprint device() {
        return DeviceFingerprint.of(key);
    }

    private Decision provision(Draft draft, Token token, Provisioning before) {
        Provisioning done = before.toBuilder()
                .password(null)
                .provisionedAt(draft.now())
                .device(device())
                .build();
        draft.put(TokenTransitions.withProvisioning(token, done));
        if (token.signing() != null) {
            draft.keep(key);
        }
        return draft.record(Draft.event(EventType.PROVISIONED, token)).accept();
    }

    /** Charges a wrong activation password. The last allowed one removes the password. */
    private static Decision charge(Draft draft, Token token, Provisioning before) {
        int failures = before.failures() + 1;
        boolean dead = failures >= draft.policy().software().passwordTries();
        Provisioning charged = before.toBuilder()
                .password(dead ? null : before.password())
                .failures(failures)
                .build();
        draft.put(TokenTransitions.withProvisioning(token, charged));
        return draft.record(Draft.event(EventType.WRONG_ACTIVATION_PASSWORD, token))
                .refuse(Refusal.WRONG_ACTIVATION_PASSWORD);
    }

    /** The same device can request the answer again within the grace time, a limited number of times. */
    private boolean canRepeat(Draft draft, Provisioning done) {
        SoftwarePolicy policy = draft.policy().software();
        Instant until = requireNonNull(done.provisionedAt()).plus(policy.grace());
        return device().equals(done.device()) && draft.now().isBefore(until) && done.repeats() < policy.repeats();
    }

    private Decision again(Draft draft, Token token, Provisioning done) {
        draft.put(TokenTransitions.withProvisioning(
                token, done.toBuilder().repeats(done.repeats() + 1).build()));
        return draft.record(Draft.event(EventType.PROVISIONED_AGAIN, token)).accept();
    }
}
