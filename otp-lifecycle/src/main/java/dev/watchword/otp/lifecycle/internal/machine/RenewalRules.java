package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import java.time.Instant;
import java.util.Optional;

/** The rules for the successor of a token in use. */
final class RenewalRules {
    private RenewalRules() {}

    /** Refuses a renewal that the policy does not allow, and one that is too early. */
    static Optional<Decision> refusal(Draft draft, TokenKind kind) {
        Token token = draft.requireActive();
        RenewalPolicy policy = draft.policy().renewal();
        if (draft.pending() != null) {
            return Optional.of(draft.refuse(Refusal.TOKEN_EXISTS));
        }
        boolean ofKind = token.kind() == kind || policy.toOtherKind();
        if (!ofKind || !policy.kinds().contains(token.kind())) {
            return Optional.of(draft.refuse(Refusal.NOT_RENEWABLE));
        }
        Instant from = token.expiresAt().minus(policy.lead());
        return draft.now().isBefore(from) ? Optional.of(draft.refuse(Refusal.NOT_YET, from)) : Optional.empty();
    }
}
