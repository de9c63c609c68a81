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
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        Draw draw = new Draw(purpose, details, device(holder));
        Decision decision = engine.change(holder, new RequestSignature(purpose, canTypeDetail), draw::drawn)
                .decision();
        return outcomes.of(decision, made -> draw.requested(made.enrolment()), DETAILS);
    }

    /**
     * The random parts of a new request. All that can fail is done before the commit: the key of the device is read, and the request
     * is sealed. So an exception never leaves a request behind that nobody knows.
     */
    private final class Draw {
        private final Purpose purpose;
        private final TransactionDetails details;
        private final Optional<Device> device;
        private final RequestId id = new RequestId(RandomText.hex(context.random()));
        private final String nonce = RandomText.hex(context.random());
        private @Nullable SealedRequest sealed;

        Draw(Purpose purpose, TransactionDetails details, Optional<Device> device) {
            this.purpose = purpose;
            this.details = details;
            this.device = device;
        }

        /** Draws the request for the enrolment that is about to change. Repeated after a lost race. */
        RequestSignature.Given drawn(Enrolment before, Instant now) {
            Instant expiresAt = SigningRules.expiresAt(context.policy().signing(), now);
            SigningRequest signed = SignatureVerifier.signed(before, id, purpose, nonce, expiresAt, details);
            Token token = requireNonNull(before.activeToken(), "token in use");
            sealed = signsInApp(token) ? seal(key(token), token, signed) : null;
            return new RequestSignature.Given(
                    new RequestReference(id, HexFormat.of().formatHex(signed.digest())), nonce);
        }

        /** Returns the key of the token's device, which matches the fingerprint in the authenticated row. */
        private DevicePublicKey key(Token token) {
            if (device.isEmpty() || !device.get().serial().equals(token.serial())) {
                throw new LostRaceException(
                        "The token was replaced while the key of its device was read; repeat the request", null);
            }
            Optional<DevicePublicKey> key = device.get().key();
            Provisioning provisioning = requireNonNull(token.provisioning(), "provisioning");
            if (key.isEmpty() || !DeviceFingerprint.of(key.get()).equals(provisioning.device())) {
                throw new IntegrityException(
                        "The device key of token " + token.serial() + " is missing, or is not the one that the app was"
                                + " provisioned with; restore it from a backup",
                        null);
            }
            return key.get();
        }

        /** Returns the committed request. */
        RequestedSignature requested(Enrolment after) {
            OpenRequest request =
                    SigningRules.find(after.requests(), id, Instant.MIN).orElseThrow();
            SigningRequest signed = SignatureVerifier.signed(after, id, purpose, nonce, request.expiresAt(), details);
            Token token = requireNonNull(after.activeToken(), "token in use");
            return switch (request.method()) {
                case PLAIN_CODE -> RequestedSignature.byCode(request);
                case APP -> RequestedSignature.inApp(request, requireNonNull(sealed, "sealed request"));
                case TYPED_CHALLENGE, TYPED_DETAIL ->
                    RequestedSignature.typed(
                            request,
                            SignatureVerifier.challenge(request, signing(token).suite(), signed));
            };
        }
    }

    private SealedRequest seal(DevicePublicKey device, Token token, SigningRequest signed) {
        OtpSecret secret = sealer.openSigning(token.serial(), signing(token).secret());
        try {
            return SealedRequest.seal(signed, device, secret, context.random());
        } finally {
            secret.destroy();
        }
    }

    /** Reads the key of the device on which the token in use signs, or returns empty if no app signs. */
    private Optional<Device> device(Holder holder) {
        Token token = engine.read(holder).activeToken();
        if (token == null || !signsInApp(token)) {
            return Optional.empty();
        }
        SerialNumber serial = token.serial();
        return Optional.of(
                new Device(serial, context.require(DeviceStore.class).device(context.serviceId(), holder, serial)));
    }

    private boolean signsInApp(Token token) {
        return SigningRules.method(context.policy().signing(), token)
                .filter(method -> method == SigningMethod.APP)
                .isPresent();
    }

    /** The stored key of a token's device; empty if the store has none. */
    private record Device(SerialNumber serial, Optional<DevicePublicKey> key) {}

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
