package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for the factors with which a holder confirms an operation: all are consumed, or none; failed ones are charged. */
final class ConfirmationRules {
    private ConfirmationRules() {}

    /** Refuses an action whose factors cannot be evaluated: not set, locked or expired. */
    static Optional<Decision> refusal(Draft draft, TokenAction action) {
        Operation operation = action.operation();
        if (operation == null) {
            return Optional.empty();
        }
        ConfirmationPolicy policy = draft.policy().confirmation();
        Set<Factor> needed = policy.factorsOf(operation);
        Credentials credentials = draft.before().credentials();
        if (needed.contains(Factor.PASSWORD) && policy.passwordKeeper() == PasswordKeeper.LIBRARY) {
            if (credentials.password() == null) {
                return Optional.of(draft.refuse(Refusal.NO_PASSWORD));
            }
            if (credentials.passwordFailures() >= policy.passwordTries()) {
                return Optional.of(draft.refuse(Refusal.PASSWORD_LOCKED));
            }
        }
        return needed.contains(Factor.MAIL_CODE) ? mailCodeRefusal(draft, operation, draft.now()) : Optional.empty();
    }

    /**
     * Refuses an action for which a factor was not entered, or was refused by the application. The other factors are not
     * evaluated, because they could not be charged.
     */
    static Optional<Decision> missing(Draft draft, TokenAction action, Entered entered) {
        Operation operation = action.operation();
        if (operation == null) {
            return Optional.empty();
        }
        Set<Factor> needed = draft.policy().confirmation().factorsOf(operation);
        boolean needsPassword = needed.contains(Factor.PASSWORD);
        if (needsPassword && entered.password() == Entered.Entry.REFUSED) {
            return Optional.of(draft.refuse(Refusal.WRONG_PASSWORD));
        }
        boolean missing = (needsPassword && entered.password() == Entered.Entry.MISSING)
                || (needed.contains(Factor.MAIL_CODE) && !entered.mailCode());
        return missing ? Optional.of(draft.refuse(Refusal.FACTOR_MISSING)) : Optional.empty();
    }

    private static Optional<Decision> mailCodeRefusal(Draft draft, Operation operation, Instant now) {
        if (isMailCodeLocked(draft)) {
            return Optional.of(draft.refuse(Refusal.MAIL_CODE_LOCKED));
        }
        MailCode code = draft.before().credentials().mailCode();
        return code == null || code.operation() != operation || !now.isBefore(code.expiresAt())
                ? Optional.of(draft.refuse(Refusal.NO_MAIL_CODE))
                : Optional.empty();
    }

    /** Whether too many wrong mail codes were entered. */
    static boolean isMailCodeLocked(Draft draft) {
        return draft.before().credentials().mailCodeFailures()
                >= draft.policy().confirmation().mailCodeTries();
    }

    /**
     * Consumes the factors, or charges those that failed.
     *
     * @param proven the token whose code is among the factors; {@code null} if none is
     * @return the reason of a refusal, or empty
     */
    static Optional<Refusal> confirm(Draft draft, Operation operation, Evidence evidence, @Nullable Token proven) {
        Set<Factor> needed = draft.policy().confirmation().factorsOf(operation);
        Proof password = needed.contains(Factor.PASSWORD) ? evidence.password() : Proof.RIGHT;
        Proof mailCode = needed.contains(Factor.MAIL_CODE) ? evidence.mailCode() : Proof.RIGHT;
        Optional<Refusal> refusal = Optional.empty();
        if (proven != null) {
            refusal = CodeRules.charge(draft, proven, evidence.code(), operation.purpose());
        }
        if (mailCode == Proof.WRONG) {
            draft.setCredentials(CredentialTransitions.mailCodeFailed(draft.credentials()));
            draft.record(Draft.event(EventType.WRONG_MAIL_CODE).purpose(operation.purpose()));
            refusal = Optional.of(Refusal.WRONG_MAIL_CODE);
        }
        if (password == Proof.WRONG) {
            chargePassword(draft, operation);
            refusal = Optional.of(Refusal.WRONG_PASSWORD);
        }
        if (password == Proof.OVERTAKEN || mailCode == Proof.OVERTAKEN) {
            refusal = Optional.of(Refusal.OVERTAKEN);
        }
        if (password == Proof.NOT_GIVEN || mailCode == Proof.NOT_GIVEN) {
            refusal = Optional.of(Refusal.FACTOR_MISSING);
        }
        if (refusal.isEmpty()) {
            consume(draft, needed, evidence, proven);
        }
        return refusal;
    }

    /** The application counts the failures of passwords that it stores. */
    private static void chargePassword(Draft draft, Operation operation) {
        if (draft.policy().confirmation().passwordKeeper() == PasswordKeeper.LIBRARY) {
            draft.setCredentials(CredentialTransitions.passwordFailed(draft.credentials()));
            draft.record(Draft.event(EventType.WRONG_PASSWORD).purpose(operation.purpose()));
        }
    }

    private static void consume(Draft draft, Set<Factor> needed, Evidence evidence, @Nullable Token proven) {
        if (needed.contains(Factor.PASSWORD)) {
            draft.setCredentials(CredentialTransitions.passwordUsed(draft.credentials()));
        }
        if (needed.contains(Factor.MAIL_CODE)) {
            draft.setCredentials(CredentialTransitions.mailCodeUsed(draft.credentials()));
        }
        if (proven != null) {
            CodeRules.accept(draft, proven, evidence.code());
        }
    }
}
