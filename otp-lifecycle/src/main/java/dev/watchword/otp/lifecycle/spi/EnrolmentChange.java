package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one enrolment, to be written whole or not at all. Immutable.
 *
 * @param id the change's own identity, by which a store knows it again when it is submitted twice
 * @param before the enrolment that was decided on; its version is what the store must still hold
 * @param after the enrolment that it becomes, one version later
 * @param ended the tokens that leave the enrolment by this change, revoked, as they are to be kept
 * @param events what is added to its history, at least one, numbered on from the last
 */
public record EnrolmentChange(
        UUID id, Enrolment before, Enrolment after, List<Token> ended, List<RecordedEvent> events) {
    /**
     * Creates a change.
     *
     * @throws IllegalArgumentException if before, after and the events do not follow on each other, or if a token that is
     *     not revoked would vanish, or a revoked one live again
     */
    public EnrolmentChange {
        requireNonNull(id, "id");
        ended = List.copyOf(ended);
        events = List.copyOf(events);
        boolean follows = after.serviceId().equals(before.serviceId())
                && after.holder().equals(before.holder())
                && after.version() == before.version() + 1
                && after.eventCount() == before.eventCount() + events.size()
                && (before.userId() == null || before.userId().equals(after.userId()));
        if (!follows
                || events.isEmpty()
                || !events.get(events.size() - 1).link().equals(after.head())) {
            throw new IllegalArgumentException(
                    "A change is of one enrolment, one version on, with one event or more, the last of which is its head");
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).event().number() != before.eventCount() + 1 + i) {
                throw new IllegalArgumentException("Events must be numbered on from " + before.eventCount());
            }
        }
        requireTokensStay(before, after, ended);
    }

    /**
     * Tells whether the enrolment is not stored yet, so that this change creates it.
     *
     * @return whether it is the first change
     */
    public boolean isFirst() {
        return before.version() == 0;
    }

    /**
     * Tells whether this change allots the user ID, which it takes for ever.
     *
     * @return whether the enrolment has a user ID after it and had none before
     */
    public boolean allotsUserId() {
        return before.userId() == null && after.userId() != null;
    }

    /**
     * Tells whether this change erases the holder's data: then the operators' words of all events before go too.
     *
     * @return whether one of its events is {@link EventType#ERASED}
     */
    public boolean erases() {
        return events.stream().anyMatch(recorded -> recorded.event().type() == EventType.ERASED);
    }

    /**
     * Tells whether a new token is a fob out of the stock, and not one of which nothing is known yet: a software token, or a fob that
     * was in use in another system.
     *
     * @param token one of {@link #broughtTokens}
     * @return whether it must be in stock
     */
    public static boolean isFromStock(Token token) {
        return token.kind() == TokenKind.HARDWARE && token.state() == TokenState.ISSUED;
    }

    /**
     * Returns the tokens that the enrolment has after this change and had not before. Each takes its serial number for
     * ever: it must be in stock if it {@linkplain #isFromStock is from there}, and free if it is not.
     *
     * @return at most one token of each slot
     */
    public List<Token> broughtTokens() {
        List<Token> brought = new ArrayList<>(2);
        for (Token token : tokens(after)) {
            if (isNew(find(before, token.serial()), token)) {
                brought.add(token);
            }
        }
        return brought;
    }

    /**
     * Returns the tokens that are stored already and that this change changes, those that ended by it among them.
     *
     * @return the tokens as they are to be kept
     */
    public List<Token> changedTokens() {
        List<Token> changed = new ArrayList<>(2);
        for (Token token : tokens(after)) {
            Token old = find(before, token.serial());
            if (!isNew(old, token) && !token.equals(old)) {
                changed.add(token);
            }
        }
        changed.addAll(ended);
        return changed;
    }

    private static void requireTokensStay(Enrolment before, Enrolment after, List<Token> ended) {
        Set<SerialNumber> over = new HashSet<>();
        boolean allEnded = true;
        for (Token token : ended) {
            allEnded &= token.state() == TokenState.REVOKED
                    && find(before, token.serial()) != null
                    && over.add(token.serial());
        }
        boolean allStay = true;
        for (Token token : tokens(before)) {
            boolean stays = find(after, token.serial()) != null;
            allStay &= token.state() == TokenState.REVOKED || stays != over.contains(token.serial());
        }
        if (!allStay || !allEnded) {
            throw new IllegalArgumentException(
                    "A token stays in its enrolment, or is kept among those that ended, until it is revoked");
        }
    }

    /** A revoked token never lives again: what lives after it is another, whatever its serial number. */
    private static boolean isNew(@Nullable Token old, Token token) {
        return old == null || (old.state() == TokenState.REVOKED && token.state() != TokenState.REVOKED);
    }

    private static @Nullable Token find(Enrolment enrolment, SerialNumber serial) {
        for (Token token : tokens(enrolment)) {
            if (token.serial().equals(serial)) {
                return token;
            }
        }
        return null;
    }

    /** The token in use and the one that waits, those that there are. */
    private static List<Token> tokens(Enrolment enrolment) {
        Token token = enrolment.token();
        Waiting waiting = enrolment.waiting();
        Token waits = waiting == null ? null : waiting.token();
        if (token == null) {
            return waits == null ? List.of() : List.of(waits);
        }
        return waits == null ? List.of(token) : List.of(token, waits);
    }
}
