package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the factors confirm an operation: all of them are consumed, or none, and what failed is charged. */
final class Confirmations {
    private final TokenPolicy policy;

    Confirmations(TokenPolicy policy) {
        this.policy = policy;
    }

    /**
     * Consumes the factors, or charges those that failed.
     *
     * @param proven the token whose code is among the factors; {@code null} if none is
     * @return why it is refused, or empty
     */
    Optional<Refusal> confirm(Draft draft, Operation operation, Evidence evidence, @Nullable Token proven) {
        Set<Factor> needed = policy.confirmation().factorsOf(operation);
        boolean password = needed.contains(Factor.PASSWORD);
        boolean mailCode = needed.contains(Factor.MAIL_CODE);
        if ((password && evidence.password() == Proof.NOT_GIVEN)
                || (mailCode && evidence.mailCode() == Proof.NOT_GIVEN)) {
            return Optional.of(Refusal.FACTOR_MISSING);
        }
        if ((password && evidence.password() == Proof.OVERTAKEN)
                || (mailCode && evidence.mailCode() == Proof.OVERTAKEN)) {
            return Optional.of(Refusal.OVERTAKEN);
        }
        Optional<Refusal> refusal = Optional.empty();
        if (proven != null) {
            refusal = charge(draft, proven, evidence.code(), operation.purpose());
        }
        if (mailCode && evidence.mailCode() == Proof.WRONG) {
            draft.keep(draft.factors().mailCodeFailed());
            draft.record(EventType.WRONG_MAIL_CODE, null, operation.purpose());
            refusal = Optional.of(Refusal.WRONG_MAIL_CODE);
        }
        if (password && evidence.password() == Proof.WRONG) {
            chargePassword(draft, operation);
            refusal = Optional.of(Refusal.WRONG_PASSWORD);
        }
        if (refusal.isEmpty()) {
            consume(draft, evidence, password, mailCode, proven);
        }
        return refusal;
    }

    private void chargePassword(Draft draft, Operation operation) {
        if (policy.confirmation().passwordKeeper() == PasswordKeeper.LIBRARY) {
            draft.keep(draft.factors().passwordFailed());
            draft.record(EventType.WRONG_PASSWORD, null, operation.purpose());
        }
    }

    private void consume(Draft draft, Evidence evidence, boolean password, boolean mailCode, @Nullable Token proven) {
        if (password) {
            draft.keep(draft.factors().passwordUsed());
        }
        if (mailCode) {
            draft.keep(draft.factors().mailCodeUsed());
        }
        if (proven != null) {
            draft.put(accepted(proven, (Verification.Matched) evidence.code()));
        }
    }

    /** The token after a right code, which is spent, and whose drift is learned up to the cap. */
    Token accepted(Token token, Verification.Matched code) {
        return token.afterAccepting(policy.codes().capped(new CodeState(code.step(), code.drift())));
    }

    /** Charges a wrong code, and says why a code is refused. */
    Optional<Refusal> charge(Draft draft, Token token, Verification code, Purpose purpose) {
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

    void charge(Draft draft, Token token, EventType type, Purpose purpose) {
        Token charged = token.failing(token.failures().oneMore(draft.now));
        draft.record(type, token.serial(), purpose);
        if (policy.lock().triesLeft(charged) > 0) {
            draft.put(charged);
            return;
        }
        SuspensionReason why = SuspensionReason.TOO_MANY_FAILURES;
        draft.put(charged.suspended(new Suspension(why, draft.now, null)));
        draft.record(EventType.SUSPENDED, token.serial(), null, null, why, null);
    }
}
