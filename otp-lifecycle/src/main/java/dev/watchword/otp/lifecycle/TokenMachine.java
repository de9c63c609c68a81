package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every rule about what may become of a holder's token, as pure functions: no clock, no store, no randomness and no
 * cryptography. What a code showed comes in as evidence; what is to be written goes out as a decision.
 */
final class TokenMachine {
    private final TokenPolicy policy;

    TokenMachine(TokenPolicy policy) {
        this.policy = policy;
    }

    /** Why an action is refused whatever evidence there were, so that none needs to be taken. */
    static Optional<Refusal> refusal(Enrolment enrolment, TokenAction action, Instant now) {
        if (!enrolment.isStored() && action != TokenAction.ISSUE) {
            return Optional.of(Refusal.UNKNOWN_HOLDER);
        }
        if (Edge.find(enrolment.state(), action).isEmpty()) {
            return Optional.of(action.refusal());
        }
        if (action == TokenAction.ISSUE) {
            return Optional.empty();
        }
        Token token = enrolment.requireToken();
        if (action.takesCode() && token.isExpiredAt(now)) {
            return Optional.of(Refusal.EXPIRED);
        }
        if (action == TokenAction.RESUME) {
            return token.isSuspended() ? Optional.empty() : Optional.of(action.refusal());
        }
        return action.takesCode() && token.isSuspended() ? Optional.of(Refusal.SUSPENDED) : Optional.empty();
    }

    /** What becomes of an enrolment. */
    Decision decide(Enrolment before, Command command, Instant now) {
        Optional<Refusal> refusal = refusal(before, command.action(), now);
        if (refusal.isPresent()) {
            return Decision.refuse(before, refusal.get());
        }
        if (command instanceof Command.Issue issue) {
            return issue(before, issue, now);
        }
        TokenState next =
                Edge.find(before.state(), command.action()).orElseThrow().to();
        Token moved = before.requireToken().movedTo(next, now);
        if (command instanceof Command.Activate activate) {
            return activate(before, moved, activate, now);
        }
        if (command instanceof Command.Verify verify) {
            return onCode(before, moved, verify.code(), EventType.CODE_ACCEPTED, verify.purpose(), now);
        }
        if (command instanceof Command.Revoke revoke) {
            return onCode(before, moved, revoke.code(), EventType.REVOKED, Purpose.REVOCATION, now);
        }
        if (command instanceof Command.Suspend suspend) {
            Suspension suspension = new Suspension(suspend.why(), now, suspend.operator());
            return byOperator(
                    before,
                    moved.suspended(suspension),
                    EventType.SUSPENDED,
                    suspend.operator(),
                    suspend.why(),
                    suspend.reason(),
                    now);
        }
        if (command instanceof Command.Resume resume) {
            return byOperator(
                    before, moved.resumed(), EventType.RESUMED, resume.operator(), null, resume.reason(), now);
        }
        Command.RevokeByOperator revoke = (Command.RevokeByOperator) command;
        return byOperator(before, moved, EventType.REVOKED, revoke.operator(), null, revoke.reason(), now);
    }

    private static Decision issue(Enrolment before, Command.Issue issue, Instant now) {
        Token token = issue.token();
        if (token.isExpiredAt(now)) {
            return Decision.refuse(before, Refusal.EXPIRED);
        }
        UserId userId = before.userId() == null ? issue.userId() : before.userId();
        TokenEvent event = new TokenEvent(
                before.eventCount() + 1, now, EventType.ISSUED, token.serial(), null, issue.operator(), null, null);
        return new Decision(before.next(userId, token, 1), List.of(event), null);
    }

    private Decision activate(Enrolment before, Token moved, Command.Activate activate, Instant now) {
        if (activate.code() instanceof Verification.Malformed) {
            return Decision.refuse(before, Refusal.MALFORMED);
        }
        SerialNumber entered = activate.serial();
        if (entered == null && moved.kind() == TokenKind.HARDWARE) {
            return Decision.refuse(before, Refusal.SERIAL_REQUIRED);
        }
        if (entered != null && !entered.equals(moved.serial())) {
            return charge(before, Refusal.WRONG_SERIAL, EventType.WRONG_SERIAL, Purpose.ACTIVATION, now);
        }
        return onCode(before, moved, activate.code(), EventType.ACTIVATED, Purpose.ACTIVATION, now);
    }

    /** What becomes of the enrolment if the code is right is the moved token; otherwise its token stays where it is. */
    private Decision onCode(
            Enrolment before, Token moved, Verification code, EventType right, Purpose purpose, Instant now) {
        if (code instanceof Verification.Matched matched) {
            TokenEvent event =
                    new TokenEvent(before.eventCount() + 1, now, right, moved.serial(), purpose, null, null, null);
            return change(before, moved.afterAccepting(matched.step()), null, event);
        }
        if (code instanceof Verification.Replayed) {
            return Decision.refuse(before, Refusal.REPLAYED);
        }
        if (code instanceof Verification.Malformed) {
            return Decision.refuse(before, Refusal.MALFORMED);
        }
        return charge(before, Refusal.WRONG_CODE, EventType.WRONG_CODE, purpose, now);
    }

    private Decision charge(Enrolment before, Refusal refusal, EventType type, Purpose purpose, Instant now) {
        Token charged = before.requireToken().afterFailure();
        TokenEvent failure =
                new TokenEvent(before.eventCount() + 1, now, type, charged.serial(), purpose, null, null, null);
        if (policy.triesLeft(charged) > 0) {
            return change(before, charged, refusal, failure);
        }
        Suspension suspension = new Suspension(SuspensionReason.TOO_MANY_FAILURES, now, null);
        TokenEvent suspended = new TokenEvent(
                failure.number() + 1,
                now,
                EventType.SUSPENDED,
                charged.serial(),
                null,
                null,
                suspension.reason(),
                null);
        return change(before, charged.suspended(suspension), refusal, failure, suspended);
    }

    private static Decision byOperator(
            Enrolment before,
            Token after,
            EventType type,
            Operator operator,
            @Nullable SuspensionReason why,
            String reason,
            Instant now) {
        TokenEvent event =
                new TokenEvent(before.eventCount() + 1, now, type, after.serial(), null, operator, why, reason);
        return change(before, after, null, event);
    }

    private static Decision change(Enrolment before, Token token, @Nullable Refusal refusal, TokenEvent... events) {
        UserId userId = requireNonNull(before.userId());
        return new Decision(before.next(userId, token, events.length), List.of(events), refusal);
    }
}
