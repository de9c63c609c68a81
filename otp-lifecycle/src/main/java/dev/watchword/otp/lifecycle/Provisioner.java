package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.TokenContents;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives an app its secret. Unknown user IDs and wrong passwords cost the same Argon2id. */
final class Provisioner {
    static final String PASSWORD = "activation password";

    private final String institution;
    private final Enrolments enrolments;
    private final Outcomes outcomes;
    private final SecretSealer sealer;
    private final PasswordHasher hasher;
    private final SecureRandom random;

    Provisioner(
            String institution,
            Enrolments enrolments,
            Outcomes outcomes,
            SecretSealer sealer,
            PasswordHasher hasher,
            SecureRandom random) {
        this.institution = institution;
        this.enrolments = enrolments;
        this.outcomes = outcomes;
        this.sealer = sealer;
        this.hasher = hasher;
        this.random = random;
    }

    /** The same in another view of the store. */
    Provisioner on(Enrolments others, Outcomes of) {
        return new Provisioner(institution, others, of, sealer, hasher, random);
    }

    ProvisionOutcome provision(UserId userId, String entered, DevicePublicKey device) {
        Request request = new Request(requireNonNull(entered, "activationPassword"), device);
        Optional<Enrolment> found = enrolments.read(userId);
        if (found.isEmpty()) {
            enrolments.refused(TokenAction.PROVISION, Refusal.UNKNOWN_HOLDER);
        }
        ProvisionOutcome outcome = found.isEmpty()
                ? new NotProvisioned(Refusal.UNKNOWN_HOLDER, null)
                : request.outcome(enrolments.change(found.get(), TokenAction.PROVISION, request::evidence));
        if (!request.password.wasCompared()) {
            hasher.pretend(entered);
        }
        return outcome;
    }

    private final class Request {
        private final String entered;
        private final DevicePublicKey device;
        private final FactorReader.HashedOnce password = new FactorReader.HashedOnce(hasher, PASSWORD);
        private @Nullable SealedAnswer answer;

        Request(String entered, DevicePublicKey device) {
            this.entered = entered;
            this.device = device;
        }

        /** The answer is sealed before anything is committed: what cannot be sealed must not count as provisioned. */
        Command evidence(Enrolment before, Instant now) {
            Token token = before.requireIssued();
            Provisioning provisioning = token.requireProvisioning();
            Proof proof = password.compare(before.holder(), provisioning.password(), entered);
            Instant start = provisioning.provisionedAt() == null ? now : provisioning.provisionedAt();
            answer = proof == Proof.RIGHT || provisioning.isDone() ? seal(before, token, start) : null;
            return new Command.Provision(proof, DeviceFingerprint.of(device));
        }

        private SealedAnswer seal(Enrolment before, Token token, Instant start) {
            OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
            try {
                TokenContents contents = new TokenContents(
                        secret,
                        (TotpProfile) token.profile(),
                        token.serial().value(),
                        institution,
                        before.serviceId().value(),
                        requireNonNull(before.userId()).value(),
                        start,
                        token.expiresAt());
                return SealedAnswer.seal(contents, device, random);
            } finally {
                secret.destroy();
            }
        }

        ProvisionOutcome outcome(Decision decision) {
            return decision.refusal() == null
                    ? new Provisioned(requireNonNull(answer), outcomes.registration(decision))
                    : new NotProvisioned(decision.refusal(), decision.notBefore());
        }
    }
}
