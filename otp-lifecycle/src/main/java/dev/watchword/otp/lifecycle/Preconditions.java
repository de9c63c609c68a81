package dev.watchword.otp.lifecycle;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Why an action is refused whatever the codes and passwords with it may be. */
final class Preconditions {
    private final TokenPolicy policy;

    Preconditions(TokenPolicy policy) {
        this.policy = policy;
    }

    Optional<Decision> refusal(Enrolment before, Draft draft, TokenAction action) {
        if (action == TokenAction.LAPSE) {
            return draft.hasLapsed() ? Optional.empty() : refuse(before, Refusal.NOT_ISSUED);
        }
        if (!before.isStored() && !action.mayBeFirst()) {
            return refuse(before, Refusal.UNKNOWN_HOLDER);
        }
        if (draft.hasLapsed() && action.isAboutWaiting()) {
            return refuse(before, Refusal.LAPSED);
        }
        if (Edge.find(draft.enrolment().state(), action).isEmpty()) {
            return refuse(before, action.refusal());
        }
        return special(before, draft, action).or(() -> factors(before, action, draft.now));
    }

    private Optional<Decision> special(Enrolment before, Draft draft, TokenAction action) {
        if (action.takesCodeOfActive()) {
            Token token = draft.requireActive();
            return ofToken(before, token, draft.now)
                    .or(() -> action == TokenAction.RENEW ? renew(before, draft, token) : Optional.empty());
        }
        if (action == TokenAction.MAKE_MAIL_CODE
                && before.factors().mailCodeFailures() >= policy.confirmation().mailCodeTries()) {
            return refuse(before, Refusal.MAIL_CODE_LOCKED);
        }
        if (!action.isAboutWaiting()) {
            return Optional.empty();
        }
        Waiting waiting = draft.waiting();
        if (waiting == null) {
            return refuse(before, action.refusal());
        }
        return switch (action) {
            case ASSIGN, SEND ->
                OrderEdge.find(waiting.order(), action).isPresent()
                        ? Optional.empty()
                        : refuse(before, action.refusal());
            case PROVISION -> provision(before, waiting, draft.now);
            case ACTIVATE -> activate(before, waiting, draft.now);
            default -> Optional.empty();
        };
    }

    /** What every token must be to take a code. */
    private Optional<Decision> ofToken(Enrolment before, Token token, Instant now) {
        if (token.isExpiredAt(now)) {
            return refuse(before, Refusal.EXPIRED);
        }
        if (token.isSuspended()) {
            return refuse(before, Refusal.SUSPENDED);
        }
        Instant nextTryAt = policy.lock().nextTryAt(token);
        return nextTryAt != null && now.isBefore(nextTryAt)
                ? refuse(before, Refusal.TOO_SOON, nextTryAt)
                : Optional.empty();
    }

    private Optional<Decision> renew(Enrolment before, Draft draft, Token token) {
        if (draft.waiting() != null) {
            return refuse(before, Refusal.TOKEN_EXISTS);
        }
        if (!policy.renewal().kinds().contains(token.kind())) {
            return refuse(before, Refusal.NOT_RENEWABLE);
        }
        return policy.renewal().isTooEarly(token, draft.now)
                ? refuse(
                        before,
                        Refusal.TOO_EARLY,
                        token.expiresAt().minus(policy.renewal().lead()))
                : Optional.empty();
    }

    private static Optional<Decision> provision(Enrolment before, Waiting waiting, Instant now) {
        Token token = waiting.token();
        if (token == null || token.kind() == TokenKind.HARDWARE) {
            return refuse(before, Refusal.NOT_ISSUED);
        }
        if (token.isExpiredAt(now)) {
            return refuse(before, Refusal.EXPIRED);
        }
        if (token.isSuspended()) {
            return refuse(before, Refusal.SUSPENDED);
        }
        Provisioning provisioning = token.requireProvisioning();
        if (provisioning.isDone()) {
            return Optional.empty();
        }
        if (now.isBefore(provisioning.opensAt())) {
            return refuse(before, Refusal.TOO_EARLY, provisioning.opensAt());
        }
        boolean dead = provisioning.password() == null || !now.isBefore(provisioning.closesAt());
        return dead ? refuse(before, Refusal.ACTIVATION_PASSWORD_DEAD) : Optional.empty();
    }

    private Optional<Decision> activate(Enrolment before, Waiting waiting, Instant now) {
        Order order = waiting.order();
        Token token = waiting.token();
        if (token == null
                || (order != null && OrderEdge.find(order, TokenAction.ACTIVATE).isEmpty())) {
            return refuse(before, Refusal.NOT_SENT);
        }
        if (order == null && !token.requireProvisioning().isDone()) {
            return refuse(before, Refusal.NOT_PROVISIONED);
        }
        return ofToken(before, token, now);
    }

    /** Whether the factors of an operation can be tried at all. */
    private Optional<Decision> factors(Enrolment before, TokenAction action, Instant now) {
        Operation operation = action.operation();
        if (operation == null) {
            return Optional.empty();
        }
        Set<Factor> needed = policy.confirmation().factorsOf(operation);
        Factors factors = before.factors();
        if (needed.contains(Factor.PASSWORD) && policy.confirmation().passwordKeeper() == PasswordKeeper.LIBRARY) {
            if (factors.password() == null) {
                return refuse(before, Refusal.NO_PASSWORD);
            }
            if (factors.passwordFailures() >= policy.confirmation().passwordTries()) {
                return refuse(before, Refusal.PASSWORD_LOCKED);
            }
        }
        if (needed.contains(Factor.MAIL_CODE)) {
            if (factors.mailCodeFailures() >= policy.confirmation().mailCodeTries()) {
                return refuse(before, Refusal.MAIL_CODE_LOCKED);
            }
            MailCode code = factors.mailCode();
            if (code == null || code.operation() != operation || !now.isBefore(code.expiresAt())) {
                return refuse(before, Refusal.NO_MAIL_CODE);
            }
        }
        return Optional.empty();
    }

    private static Optional<Decision> refuse(Enrolment before, Refusal refusal) {
        return Optional.of(Decision.refuse(before, refusal, null));
    }

    private static Optional<Decision> refuse(Enrolment before, Refusal refusal, Instant notBefore) {
        return Optional.of(Decision.refuse(before, refusal, notBefore));
    }
}
