package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.lifecycle.internal.RandomText;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.ConfirmSignature;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Entered;
import dev.watchword.otp.lifecycle.internal.machine.RequestSignature;
import dev.watchword.otp.lifecycle.internal.machine.SigningRules;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The operations that create signing requests and confirm them. */
final class Signatures {
    private static final Set<Field> DETAILS = Set.of(Field.DETAILS);
    private static final Set<Field> RESPONSE = Set.of(Field.RESPONSE);

    private final Context context;
    private final Engine engine;
    private final CodeVerifier codes;
    private final OutcomeMapper outcomes;
    private final SecretSealer sealer;
    private final SignatureVerifier verifier;

    Signatures(Context context, Engine engine, CodeVerifier codes, OutcomeMapper outcomes) {
        this.context = context;
        this.engine = engine;
        this.codes = codes;
        this.outcomes = outcomes;
        sealer = context.sealer();
        verifier = new SignatureVerifier(context, codes);
    }

    Outcome<RequestedSignature> request(Holder holder, Purpose purpose, TransactionDetails details) {
        if (context.policy().signing().appSuite() != null) {
            var unused = context.require(DeviceStore.class);
        }
        TypedDetail typed = context.policy().signing().typedDetail();
        boolean canTypeDetail = typed == null || typed.challenge(details).isPresent();
        RequestId id = new RequestId(RandomText.hex(context.random()));
        String nonce = RandomText.hex(context.random());
        Decision decision = engine.change(
                        holder,
                        new RequestSignature(purpose, canTypeDetail),
                        (before, now) -> drawn(before, id, nonce, now, details))
                .decision();
        Outcome<Optional<RequestedSignature>> outcome =
                outcomes.of(decision, made -> requested(made.enrolment(), id, details), DETAILS);
        boolean hasEnded = outcome.fold(Optional::isEmpty, refused -> false);
        return hasEnded ? Refused.of(Refusal.NO_REQUEST) : outcome.map(Optional::orElseThrow);
    }

    private RequestSignature.Given drawn(
            Enrolment before, RequestId id, String nonce, Instant now, TransactionDetails details) {
        Instant expiresAt = SigningRules.expiresAt(context.policy().signing(), now);
        SigningRequest signed = SignatureVerifier.signed(before, id, nonce, expiresAt, details);
        return new RequestSignature.Given(
                new RequestReference(id, HexFormat.of().formatHex(signed.digest())), nonce);
    }

    /** Returns the committed request, or empty if its token has ended in the meantime. */
    private Optional<RequestedSignature> requested(Enrolment after, RequestId id, TransactionDetails details) {
        OpenRequest request =
                SigningRules.find(after.requests(), id, Instant.MIN).orElseThrow();
        SigningRequest signed = SignatureVerifier.signed(after, id, request.nonce(), request.expiresAt(), details);
        Token token = requireNonNull(after.activeToken(), "token in use");
        return switch (request.method()) {
            case PLAIN_CODE -> Optional.of(RequestedSignature.byCode(request));
            case APP ->
                device(after.holder(), token)
                        .map(device -> RequestedSignature.inApp(request, seal(device, token, signed)));
            case TYPED_CHALLENGE, TYPED_DETAIL ->
                Optional.of(RequestedSignature.typed(
                        request,
                        SignatureVerifier.challenge(request, signing(token).suite(), signed)));
        };
    }

    private SealedRequest seal(DevicePublicKey device, Token token, SigningRequest signed) {
        OtpSecret secret = sealer.openSigning(token.serial(), signing(token).secret());
        try {
            return SealedRequest.seal(signed, device, secret, context.random());
        } finally {
            secret.destroy();
        }
    }

    /**
     * Reads the key of the token's device, and compares it with the fingerprint in the authenticated row. Returns empty if the
     * token has ended in the meantime, because its key is then deleted.
     */
    private Optional<DevicePublicKey> device(Holder holder, Token token) {
        Optional<DevicePublicKey> device =
                context.require(DeviceStore.class).device(context.serviceId(), holder, token.serial());
        if (device.isEmpty() && !isInUse(holder, token)) {
            return Optional.empty();
        }
        Provisioning provisioning = requireNonNull(token.provisioning(), "provisioning");
        if (device.isEmpty() || !DeviceFingerprint.of(device.get()).equals(provisioning.device())) {
            throw new IntegrityException(
                    "The device key of token " + token.serial()
                            + " is missing, or is not the one that the app was provisioned with; restore it from a backup",
                    null);
        }
        return device;
    }

    private boolean isInUse(Holder holder, Token token) {
        Token active = engine.read(holder).activeToken();
        return active != null && active.serial().equals(token.serial());
    }

    private static SigningKey signing(Token token) {
        return requireNonNull(token.signing(), "signing key");
    }

    Outcome<Registration> confirm(Holder holder, RequestId id, TransactionDetails details, String response) {
        Engine.Result result = engine.change(
                holder,
                new ConfirmSignature(id),
                Entered.NOTHING,
                (before, now) -> verifier.evaluate(before, id, details, response, now));
        if (!result.tookEvidence()) {
            codes.complete(0);
        }
        return outcomes.of(result.decision(), RESPONSE);
    }
}
