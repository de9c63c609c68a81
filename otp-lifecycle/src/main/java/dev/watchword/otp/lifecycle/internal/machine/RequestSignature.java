package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import java.util.Optional;

/**
 * Opens a signing request for the token in use (R13.2).
 *
 * @param purpose the purpose that the events record
 * @param canTypeDetail whether the details contain the detail that the policy lets the holder type, in the required form
 */
public record RequestSignature(Purpose purpose, boolean canTypeDetail) implements Command<RequestSignature.Given> {
    @Override
    public TokenAction action() {
        return TokenAction.REQUEST_SIGNATURE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        Token token = draft.requireActive();
        SigningPolicy policy = draft.policy().signing();
        return CodeRules.unusable(draft, token)
                .or(() -> unfit(draft, SigningRules.method(policy, token)))
                .or(() -> draft.requests().size() >= policy.openRequests()
                        ? Optional.of(draft.refuse(Refusal.TOO_MANY_REQUESTS))
                        : Optional.empty());
    }

    private Optional<Decision> unfit(Draft draft, Optional<SigningMethod> method) {
        if (method.isEmpty()) {
            return Optional.of(draft.refuse(Refusal.CANNOT_SIGN));
        }
        return method.get() == SigningMethod.TYPED_DETAIL && !canTypeDetail
                ? Optional.of(draft.refuse(Refusal.MALFORMED))
                : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, Given evidence) {
        Token token = draft.requireActive();
        SigningPolicy policy = draft.policy().signing();
        SigningMethod method = SigningRules.method(policy, token).orElseThrow();
        TypedDetail typed = policy.typedDetail();
        OpenRequest request = OpenRequest.builder()
                .id(evidence.reference().id())
                .method(method)
                .serial(token.serial())
                .purpose(purpose)
                .nonce(evidence.nonce())
                .digest(evidence.reference().digest())
                .detail(method == SigningMethod.TYPED_DETAIL && typed != null ? typed.name() : null)
                .expiresAt(SigningRules.expiresAt(policy, draft.now()))
                .build();
        draft.open(request);
        return draft.record(Draft.event(EventType.SIGNATURE_REQUESTED, token)
                        .purpose(purpose)
                        .request(evidence.reference()))
                .accept();
    }

    /**
     * The random ID and nonce of the request, and its digest.
     *
     * @param reference the identity and the digest of the request with its details
     * @param nonce the random value that the digest covers
     */
    public record Given(RequestReference reference, String nonce) {}
}
