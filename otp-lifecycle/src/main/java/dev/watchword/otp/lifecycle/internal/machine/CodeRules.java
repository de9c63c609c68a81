package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for a code of a token: when it is evaluated, and what an accepted or a wrong one changes. */
final class CodeRules {
    private CodeRules() {}

    /** Refuses to use a token that is expired or suspended. */
    static Optional<Decision> unusable(Draft draft, Token token) {
        if (token.isExpiredAt(draft.now())) {
            return Optional.of(draft.refuse(Refusal.EXPIRED));
        }
        return token.isSuspended() ? Optional.of(draft.refuse(Refusal.SUSPENDED)) : Optional.empty();
    }

    /**
     * Refuses a code of a token that is expired, suspended or delayed. Refuses a single code if the token's counter is unknown,
     * because only two consecutive codes find it.
     */
    static Optional<Decision> refusal(Draft draft, Token token, boolean consecutive) {
        return unusable(draft, token).or(() -> notYet(draft, token, consecutive));
    }

    private static Optional<Decision> notYet(Draft draft, Token token, boolean consecutive) {
        if (token.counterUnknown() && !consecutive) {
            return Optional.of(draft.refuse(Refusal.RESYNCHRONISATION_REQUIRED));
        }
        Instant nextTryAt = LockRules.nextTryAt(draft.policy().lock(), token);
        return nextTryAt != null && draft.now().isBefore(nextTryAt)
                ? Optional.of(draft.refuse(Refusal.TOO_SOON, nextTryAt))
                : Optional.empty();
    }

    /** Refuses a holder who would end a pending token that an operator suspended. */
    static Optional<Decision> suspendedByOperator(Draft draft, @Nullable Pending pending) {
        Token token = pending == null ? null : pending.token();
        Suspension suspension = token == null ? null : token.suspension();
        return suspension != null && suspension.operator() != null
                ? Optional.of(draft.refuse(Refusal.SUSPENDED))
                : Optional.empty();
    }

    /** Accepts or refuses a code of the token in use, for commands that need nothing but the code. */
    static Decision decide(Draft draft, Verification code, EventType accepted, Purpose purpose) {
        Token token = draft.requireActive();
        Optional<Refusal> refusal = charge(draft, token, code, purpose);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        accept(draft, token, code);
        return draft.record(Draft.event(accepted, token).purpose(purpose)).accept();
    }

    /** Spends an accepted code and learns the drift up to the cap. The ceiling of backup codes begins again. */
    static void accept(Draft draft, Token token, Verification code) {
        Verification.Matched matched = (Verification.Matched) code;
        CodeState found = new CodeState(matched.step(), matched.drift());
        CodeState codes = DriftRules.capped(draft.policy().codes(), token.profile(), found);
        draft.put(TokenTransitions.afterAccepting(token, codes, draft.now()));
        BackupCodeRules.tokenCodeAccepted(draft);
    }

    /** Charges a wrong code. Returns the reason if the code is not accepted. */
    static Optional<Refusal> charge(Draft draft, Token token, Verification code, Purpose purpose) {
        if (code instanceof Verification.Matched) {
            return Optional.empty();
        }
        if (code instanceof Verification.Replayed) {
            return Optional.of(Refusal.REPLAYED);
        }
        if (code instanceof Verification.Malformed) {
            return Optional.of(Refusal.MALFORMED);
        }
        charge(draft, token, EventType.WRONG_CODE, purpose);
        return Optional.of(Refusal.WRONG_CODE);
    }

    /** Charges a failure to a token, and suspends the token at the limit. */
    static void charge(Draft draft, Token token, EventType type, Purpose purpose) {
        charge(draft, token, Draft.event(type, token).purpose(purpose));
    }

    /** Charges a failure, which an event describes, to a token, and suspends the token at the limit. */
    static void charge(Draft draft, Token token, TokenEvent.Builder failure) {
        Token charged = TokenTransitions.charged(token, draft.now());
        draft.record(failure);
        if (LockRules.triesLeft(draft.policy().lock(), charged) > 0) {
            draft.put(charged);
            return;
        }
        SuspensionReason why = SuspensionReason.TOO_MANY_FAILURES;
        draft.put(TokenTransitions.suspended(charged, Suspension.of(why, draft.now(), null)));
        draft.record(Draft.event(EventType.SUSPENDED, token).suspensionReason(why));
    }
}
