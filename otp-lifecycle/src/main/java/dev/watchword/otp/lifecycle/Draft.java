package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the making: what becomes of an enrolment, and the events so far. What waited too long has lapsed in it
 * from the start. Used once, by one thread.
 */
final class Draft {
    final Instant now;

    private final Enrolment before;
    private final List<Token> ended = new ArrayList<>();
    private final List<TokenEvent> events = new ArrayList<>();

    private @Nullable UserId userId;
    private @Nullable Token token;
    private @Nullable Waiting waiting;
    private @Nullable Instant softwareRevokedAt;
    private @Nullable MailAddress mailAddress;
    private Factors factors;

    Draft(Enrolment before, Instant now) {
        this.before = before;
        this.now = now;
        userId = before.userId();
        token = before.token();
        waiting = before.waiting();
        softwareRevokedAt = before.softwareRevokedAt();
        mailAddress = before.mailAddress();
        factors = before.factors();
        if (waiting != null && waiting.isLapsedAt(now)) {
            endWaiting(EventType.LAPSED, null, null);
        }
    }

    /** Whether something had waited too long. */
    boolean hasLapsed() {
        return !events.isEmpty() && events.get(0).type() == EventType.LAPSED;
    }

    /** The enrolment as it is in this draft; its version is the next one as soon as anything changed. */
    Enrolment enrolment() {
        if (events.isEmpty()) {
            return before;
        }
        return new Enrolment(
                before.serviceId(),
                before.holder(),
                before.version() + 1,
                userId,
                token,
                waiting,
                softwareRevokedAt,
                mailAddress,
                factors,
                before.eventCount() + events.size(),
                before.head());
    }

    Decision accept() {
        return decision(null);
    }

    /** Refuses, and commits what was charged; that something lapsed is no reason to commit by itself. */
    Decision refuse(Refusal refusal) {
        boolean charged = events.size() > (hasLapsed() ? 1 : 0);
        return charged ? decision(refusal) : Decision.refuse(before, refusal, null);
    }

    private Decision decision(@Nullable Refusal refusal) {
        return new Decision(enrolment(), List.copyOf(ended), List.copyOf(events), refusal, null);
    }

    Draft record(EventType type, @Nullable SerialNumber serial, @Nullable Purpose purpose) {
        return record(type, serial, purpose, null, null, null);
    }

    Draft record(
            EventType type,
            @Nullable SerialNumber serial,
            @Nullable Purpose purpose,
            @Nullable Operator operator,
            @Nullable SuspensionReason why,
            @Nullable String reason) {
        long number = before.eventCount() + events.size() + 1;
        events.add(new TokenEvent(number, now, type, serial, purpose, operator, why, reason));
        return this;
    }

    @Nullable
    UserId userId() {
        return userId;
    }

    void allot(UserId newUserId) {
        if (userId == null) {
            userId = newUserId;
        }
    }

    void writeTo(MailAddress address) {
        mailAddress = address;
    }

    /** Forgets what is known of the person. */
    void forgetPerson() {
        mailAddress = null;
        factors = Factors.NONE;
    }

    Factors factors() {
        return factors;
    }

    void keep(Factors newFactors) {
        factors = newFactors;
    }

    @Nullable
    Instant softwareRevokedAt() {
        return softwareRevokedAt;
    }

    @Nullable
    Waiting waiting() {
        return waiting;
    }

    void waitFor(Waiting newWaiting) {
        waiting = newWaiting;
    }

    /** The token in use; {@code null} if there is none. */
    @Nullable
    Token active() {
        return token != null && token.state() == TokenState.ACTIVE ? token : null;
    }

    Token requireActive() {
        return requireNonNull(active(), "token in use");
    }

    /** The tokens that are not revoked. */
    List<Token> living() {
        List<Token> living = new ArrayList<>();
        if (active() != null) {
            living.add(requireActive());
        }
        if (waiting != null && waiting.token() != null) {
            living.add(waiting.token());
        }
        return living;
    }

    /** Puts a token in the place of its former self. */
    void put(Token changed) {
        if (waiting != null
                && waiting.token() != null
                && waiting.token().serial().equals(changed.serial())) {
            waiting = waiting.with(changed);
        } else {
            token = changed;
        }
    }

    /** Puts a token into use where there is none. */
    void use(Token newToken) {
        token = newToken;
    }

    /** Puts what waited into use, in the place of the token that was. */
    void activate(Token activated) {
        Token old = active();
        waiting = null;
        token = activated;
        if (old != null) {
            ended.add(old.revoked(now));
            record(EventType.SUPERSEDED, old.serial(), null);
        }
    }

    void endActive(EventType type, @Nullable Purpose purpose, @Nullable Operator operator, @Nullable String reason) {
        Token old = requireActive();
        token = old.revoked(now);
        if (old.kind() == TokenKind.SOFTWARE) {
            softwareRevokedAt = now;
        }
        record(type, old.serial(), purpose, operator, null, reason);
    }

    void endWaiting(EventType type, @Nullable Operator operator, @Nullable String reason) {
        Token old = requireNonNull(waiting, "waiting").token();
        waiting = null;
        if (old != null) {
            ended.add(old.revoked(now));
        }
        record(type, old == null ? null : old.serial(), null, operator, null, reason);
    }
}
