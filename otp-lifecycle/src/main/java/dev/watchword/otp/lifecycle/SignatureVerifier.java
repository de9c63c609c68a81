package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.OcraWindow;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.internal.machine.Signature;
import dev.watchword.otp.lifecycle.internal.machine.SigningRules;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.LookAhead;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.LongStream;

/**
 * The verifier of responses to signing requests. It compares the details with the digest of the request, decrypts the token's
 * signing key, compares the response, and destroys the key. Every response costs as many HMACs as a wrong code, even a malformed
 * response or a response to a request that is not open. Only a well-formed response to an open request can cost more: with a suite
 * that has a counter and the time, and while the counter is unknown.
 */
final class SignatureVerifier {
    private final SecretSealer sealer;
    private final CodePolicy policy;
    private final CodeVerifier codes;

    SignatureVerifier(Context context, CodeVerifier codes) {
        this.codes = codes;
        sealer = context.sealer();
        policy = context.policy().codes();
    }

    /** Builds the request that a token signs. The state machine has set its expiry and chosen its token. */
    static SigningRequest signed(
            Enrolment before,
            RequestId id,
            Purpose purpose,
            String nonce,
            Instant expiresAt,
            TransactionDetails details) {
        return SigningRequest.builder()
                .id(id.value())
                .serviceId(before.serviceId().value())
                .userId(requireNonNull(before.userId(), "user ID").value())
                .serial(requireNonNull(before.activeToken(), "token in use")
                        .serial()
                        .value())
                .purpose(purpose.value())
                .nonce(nonce)
                .expiresAt(expiresAt)
                .details(details)
                .build();
    }

    /** Returns the challenge of a request, which the token signs. */
    static String challenge(OpenRequest request, OcraSuite suite, SigningRequest signed) {
        return request.detail() == null
                ? signed.challenge(suite)
                : TypedDetail.challenge(signed.details(), request.detail()).orElseThrow();
    }

    Signature evaluate(Enrolment before, RequestId id, TransactionDetails details, String response, Instant now) {
        OpenRequest request = SigningRules.find(before.requests(), id, now).orElseThrow();
        Token token = requireNonNull(before.activeToken(), "token in use");
        SigningRequest signed = signed(before, id, request.purpose(), request.nonce(), request.expiresAt(), details);
        if (!MessageDigest.isEqual(signed.digest(), HexFormat.of().parseHex(request.digest()))) {
            codes.complete(0);
            return new Signature.OtherDetails();
        }
        return request.method() == SigningMethod.PLAIN_CODE
                ? byCode(token, response, now)
                : bySigningKey(token, request, signed, response, now);
    }

    private Signature byCode(Token token, String response, Instant now) {
        Verification code = codes.verify(token, response, now);
        if (code instanceof Verification.Malformed) {
            codes.complete(0);
        }
        return new Signature.ByCode(code);
    }

    private Signature bySigningKey(
            Token token, OpenRequest request, SigningRequest signed, String response, Instant now) {
        SigningKey key = requireNonNull(token.signing(), "signing key");
        OcraSuite suite = key.suite();
        if (!suite.isResponse(response)) {
            codes.complete(0);
            return new Signature.Signed(OcraVerification.MALFORMED);
        }
        OcraInput input = OcraInput.of(challenge(request, suite, signed));
        OtpSecret secret = sealer.openSigning(token.serial(), key.secret());
        try {
            Ocra ocra = Ocra.of(suite, secret);
            return suite.timeStep().isPresent()
                    ? atUnspentSteps(ocra, token, input, response, now)
                    : atUnspentCounters(ocra, key, input, response);
        } finally {
            secret.destroy();
        }
    }

    /** Also compares the last spent counter, so that a response that is entered twice is a replay and not a wrong response. */
    private Signature atUnspentCounters(Ocra ocra, SigningKey key, OcraInput input, String response) {
        if (!key.suite().hasCounter()) {
            codes.complete(1);
            return new Signature.Signed(ocra.verify(response, input));
        }
        OcraWindow window = OcraWindow.EXACT.withLookAhead(lookAhead(key));
        OcraVerification found = ocra.verify(response, input.withCounter(key.nextCounter()), window);
        boolean isReplay = key.nextCounter() > 0
                && ocra.verify(response, input.withCounter(key.nextCounter() - 1)) instanceof OcraVerification.Matched;
        codes.complete(lookAhead(key) + 2);
        return isReplay && !(found instanceof OcraVerification.Matched)
                ? new Signature.Replayed()
                : new Signature.Signed(found);
    }

    /**
     * Compares each step of the window separately, because only steps after the last spent one can be accepted. The window has the
     * drift that was learned from the token's codes.
     */
    private Signature atUnspentSteps(Ocra ocra, Token token, OcraInput input, String response, Instant now) {
        SigningKey key = requireNonNull(token.signing(), "signing key");
        Duration stepLength = key.suite().timeStep().orElseThrow();
        TotpWindow window = policy.window().withDrift(DriftRules.inSteps(policy, token, stepLength, now));
        long seconds = stepLength.toSeconds();
        OcraWindow counters =
                key.suite().hasCounter() ? OcraWindow.EXACT.withLookAhead(lookAhead(key)) : OcraWindow.EXACT;
        OcraInput counted = key.suite().hasCounter() ? input.withCounter(key.nextCounter()) : input;
        OcraVerification found = OcraVerification.WRONG;
        boolean isReplay = false;
        for (long step : steps(window, Math.floorDiv(now.getEpochSecond(), seconds))) {
            OcraInput at = counted.withTime(Instant.ofEpochSecond(step * seconds));
            OcraVerification compared = ocra.verify(response, at, counters);
            if (compared instanceof OcraVerification.Matched) {
                found = step > key.lastStep() ? compared : found;
                isReplay |= step <= key.lastStep();
            }
        }
        codes.complete(window.steps() * (counters.lookAhead() + 1));
        if (isReplay && !(found instanceof OcraVerification.Matched)) {
            return new Signature.Replayed();
        }
        return new Signature.Signed(found);
    }

    /** Returns the steps around the server's step, and around the step that the token's clock is expected to show, in order. */
    private static long[] steps(TotpWindow window, long current) {
        return LongStream.of(current, current + window.drift())
                .flatMap(middle -> LongStream.rangeClosed(middle - window.past(), middle + window.future()))
                .distinct()
                .sorted()
                .toArray();
    }

    private int lookAhead(SigningKey key) {
        LookAhead lookAhead = policy.lookAhead();
        return key.counterUnknown() ? Math.min(lookAhead.toResynchronise(), Hotp.MAX_LOOK_AHEAD) : lookAhead.atLogin();
    }
}
