package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.machine.Provision;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Provisions apps. Every request costs one Argon2id hash, like a wrong password, and computes it before anything is committed.
 */
final class Provisioner {
    private static final int MIN_PASSWORD = 4;

    /** The greatest length of a text that is hashed. No policy generates a longer password. */
    private static final int MAX_PASSWORD = 64;

    private final Context context;
    private final Engine engine;
    private final OutcomeMapper outcomes;
    private final SecretSealer sealer;
    private final PasswordHasher hasher;

    Provisioner(Context context, Engine engine, PasswordHasher hasher) {
        this.context = context;
        this.engine = engine;
        this.hasher = hasher;
        outcomes = new OutcomeMapper(context);
        sealer = context.sealer();
    }

    /** Whether a text can be an activation password: {@value #MIN_PASSWORD} to {@value #MAX_PASSWORD} characters. */
    static boolean isPassword(@Nullable String text) {
        return text != null && text.length() >= MIN_PASSWORD && text.length() <= MAX_PASSWORD;
    }

    Outcome<Provisioned> provision(UserId userId, String entered, DevicePublicKey device) {
        Request request = new Request(entered, device);
        Optional<Decision> decision =
                engine.change(userId, request.command, request::evidence, () -> request.password.pretend(entered));
        return decision.isEmpty() ? Refused.of(Refusal.UNKNOWN_HOLDER) : request.outcome(decision.get());
    }

    /** One request of an app. */
    private final class Request {
        private final String entered;
        private final DevicePublicKey device;
        private final Provision command;
        private final HashedOnce password =
                new HashedOnce(hasher, HashedSecrets.ACTIVATION_PASSWORD, Provisioner::isPassword);
        private @Nullable SealedAnswer answer;

        Request(String entered, DevicePublicKey device) {
            this.entered = entered;
            this.device = device;
            command = new Provision(device);
        }

        /** Hashes and encrypts the answer before the commit, so that a failure does not count as provisioned. */
        Proof evidence(Enrolment before, Instant now) {
            Token token = requireNonNull(before.pendingToken());
            Provisioning provisioning = requireNonNull(token.provisioning());
            Proof proof = password.compare(before.holder(), provisioning.password(), entered);
            password.pretend(entered);
            Instant start = provisioning.provisionedAt() == null ? now : provisioning.provisionedAt();
            answer = proof == Proof.RIGHT || provisioning.isDone() ? seal(before, token, start) : null;
            return proof;
        }

        private SealedAnswer seal(Enrolment before, Token token, Instant start) {
            OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
            SigningKey key = token.signing();
            OtpSecret signing = key == null ? null : sealer.openSigning(token.serial(), key.secret());
            try {
                TokenContents contents = TokenContents.builder()
                        .secret(secret)
                        .signingSecret(signing)
                        .signingSuite(key == null ? null : key.suite())
                        .profile((TotpProfile) token.profile())
                        .serial(token.serial().value())
                        .institution(context.name())
                        .serviceId(before.serviceId().value())
                        .userId(requireNonNull(before.userId()).value())
                        .start(start)
                        .expiry(token.expiresAt())
                        .build();
                return SealedAnswer.seal(contents, device, context.random());
            } finally {
                secret.destroy();
                if (signing != null) {
                    signing.destroy();
                }
            }
        }

        /** A refusal contains no data of the holder, because anyone can send a user ID. */
        Outcome<Provisioned> outcome(Decision decision) {
            return decision.refusal() == null
                    ? Accepted.of(Provisioned.of(requireNonNull(answer), outcomes.registration(decision)))
                    : Refused.<Provisioned>of(decision.refusal()).withNotBefore(decision.notBefore());
        }
    }
}
