package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rules for signing requests: how a token confirms one, and which requests are open. */
public final class SigningRules {
    private static final Duration MAX_TYPED_STEP = Duration.ofMinutes(10);

    private SigningRules() {}

    /**
     * Returns the method by which a token confirms a request, or empty if it cannot. A typed detail needs a suite with a counter
     * or a time step of at most 10 minutes. Otherwise the response to the same detail would stay the same for a long time. After a
     * restored backup or a resynchronisation the counter is unknown, so the holder types a challenge instead until a response is
     * accepted.
     */
    public static Optional<SigningMethod> method(SigningPolicy policy, Token token) {
        SigningKey key = token.signing();
        if (key == null) {
            return policy.plainCodes() ? Optional.of(SigningMethod.PLAIN_CODE) : Optional.empty();
        }
        if (token.kind() == TokenKind.SOFTWARE) {
            return Optional.of(SigningMethod.APP);
        }
        return Optional.of(typesDetail(policy, key) ? SigningMethod.TYPED_DETAIL : SigningMethod.TYPED_CHALLENGE);
    }

    private static boolean typesDetail(SigningPolicy policy, SigningKey key) {
        TypedDetail typed = policy.typedDetail();
        return typed != null
                && typed.length() <= key.suite().challengeLength()
                && changesSoon(key.suite())
                && !key.counterUnknown();
    }

    private static boolean changesSoon(OcraSuite suite) {
        return suite.hasCounter()
                || suite.timeStep()
                        .filter(step -> step.compareTo(MAX_TYPED_STEP) <= 0)
                        .isPresent();
    }

    /** Returns the first instant at which a request that is made now can no longer be confirmed. */
    public static Instant expiresAt(SigningPolicy policy, Instant now) {
        return now.plus(policy.lifetime());
    }

    /** Returns the open request with an ID, or empty if no such request exists or it has expired. */
    public static Optional<OpenRequest> find(Iterable<OpenRequest> requests, RequestId id, Instant now) {
        for (OpenRequest request : requests) {
            if (request.id().equals(id) && !request.isExpiredAt(now)) {
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }

    static Optional<Decision> notOpen(Draft draft, RequestId id) {
        return find(draft.requests(), id, draft.now()).isPresent()
                ? Optional.empty()
                : Optional.of(draft.refuse(Refusal.NO_REQUEST));
    }

    static OpenRequest require(Draft draft, RequestId id) {
        return find(draft.requests(), id, draft.now()).orElseThrow();
    }

    /** Closes an open request and records the event. */
    static Decision close(Draft draft, RequestId id, TokenEvent.Builder event) {
        OpenRequest request = require(draft, id);
        draft.close(request);
        return draft.record(event.serial(request.serial())
                        .purpose(request.purpose())
                        .request(request.reference()))
                .accept();
    }
}
