package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;

/**
 * Confirms a signing request with the token's response (R13.2). The commit that accepts a response also spends it and closes the
 * request. A wrong response is charged to the token.
 *
 * @param id the request
 */
public record ConfirmSignature(RequestId id) implements Command<Signature> {
    @Override
    public TokenAction action() {
        return TokenAction.CONFIRM_SIGNATURE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return SigningRules.notOpen(draft, id).or(() -> plainCodesWithdrawn(draft));
    }

    /** Refuses an ordinary code for a request that is older than the policy's decision to allow none. */
    private Optional<Decision> plainCodesWithdrawn(Draft draft) {
        boolean byCode = SigningRules.require(draft, id).method() == SigningMethod.PLAIN_CODE;
        return byCode && !draft.policy().signing().plainCodes()
                ? Optional.of(draft.refuse(Refusal.CANNOT_SIGN))
                : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, Signature evidence) {
        Token token = draft.requireActive();
        OpenRequest request = SigningRules.require(draft, id);
        Optional<Refusal> refusal = refusal(draft, token, request, evidence);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        return SigningRules.close(draft, id, Draft.event(EventType.SIGNATURE_CONFIRMED));
    }

    /** Spends a right response and charges a wrong one. Returns the reason for a refusal. */
    private static Optional<Refusal> refusal(Draft draft, Token token, OpenRequest request, Signature evidence) {
        if (evidence instanceof Signature.OtherDetails) {
            return Optional.of(Refusal.OTHER_DETAILS);
        }
        if (evidence instanceof Signature.Replayed) {
            return Optional.of(Refusal.REPLAYED);
        }
        if (evidence instanceof Signature.ByCode byCode) {
            return ofCode(draft, token, request, byCode);
        }
        OcraVerification response = ((Signature.Signed) evidence).response();
        if (response instanceof OcraVerification.Matched matched) {
            draft.put(TokenTransitions.afterSigning(token, matched, draft.now()));
            BackupCodeRules.tokenCodeAccepted(draft);
            return Optional.empty();
        }
        if (response instanceof OcraVerification.Malformed) {
            return Optional.of(Refusal.MALFORMED);
        }
        CodeRules.charge(
                draft,
                token,
                Draft.event(EventType.WRONG_SIGNATURE, token)
                        .purpose(request.purpose())
                        .request(request.reference()));
        return Optional.of(Refusal.WRONG_SIGNATURE);
    }

    private static Optional<Refusal> ofCode(Draft draft, Token token, OpenRequest request, Signature.ByCode evidence) {
        Optional<Refusal> refusal = CodeRules.charge(draft, token, evidence.code(), request.purpose());
        if (refusal.isEmpty()) {
            CodeRules.accept(draft, token, evidence.code());
        }
        return refusal;
    }
}
