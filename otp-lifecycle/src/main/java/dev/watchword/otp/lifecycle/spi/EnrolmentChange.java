package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one enrolment, to be written whole or not at all. Immutable.
 *
 * @param id the change's own identity, by which a store knows it again when it is submitted twice
 * @param before the enrolment that was decided on; its version is what the store must still hold
 * @param after the enrolment that it becomes, one version later
 * @param events what is added to its history, at least one, numbered on from the last
 */
public record EnrolmentChange(UUID id, Enrolment before, Enrolment after, List<TokenEvent> events) {
    /**
     * Creates a change.
     *
     * @throws IllegalArgumentException if before, after and the events do not follow on each other, or if a token that is
     *     not revoked would vanish
     */
    public EnrolmentChange {
        requireNonNull(id, "id");
        events = List.copyOf(events);
        boolean follows = after.serviceId().equals(before.serviceId())
                && after.holder().equals(before.holder())
                && after.version() == before.version() + 1
                && after.eventCount() == before.eventCount() + events.size()
                && (before.userId() == null || before.userId().equals(after.userId()));
        if (!follows || events.isEmpty()) {
            throw new IllegalArgumentException("A change is of one enrolment, one version on, with one event or more");
        }
        if (before.token() != null && !succeeds(before.token(), after.token())) {
            throw new IllegalArgumentException("A token stays until it is revoked and another takes its place");
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).number() != before.eventCount() + 1 + i) {
                throw new IllegalArgumentException("Events must be numbered on from " + before.eventCount());
            }
        }
    }

    /**
     * Tells whether the enrolment is not stored yet, so that this change creates it and takes its user ID for ever.
     *
     * @return whether it is the first change
     */
    public boolean isFirst() {
        return before.version() == 0;
    }

    /**
     * Tells whether the enrolment has another token after it than before, whose serial number it takes for ever.
     *
     * @return whether it brings a new token
     */
    public boolean bringsNewToken() {
        Token now = after.token();
        return now != null && (before.token() == null || takesThePlace(before.token(), now));
    }

    private static boolean succeeds(Token old, @Nullable Token now) {
        return now != null && (old.state() == TokenState.REVOKED || !takesThePlace(old, now));
    }

    /** A revoked token never lives again: what lives after it is another, whatever its serial number. */
    private static boolean takesThePlace(Token old, Token now) {
        boolean livesAgain = old.state() == TokenState.REVOKED && now.state() != TokenState.REVOKED;
        return livesAgain || !old.serial().equals(now.serial());
    }
}
