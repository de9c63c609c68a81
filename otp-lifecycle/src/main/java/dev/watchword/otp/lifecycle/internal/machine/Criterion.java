package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.Token;
import java.time.Instant;
import java.time.LocalDate;

/** The condition that a token must still meet when a bulk job changes it. The list from which the token comes can be out of date. */
public sealed interface Criterion {
    /** Returns whether a token that is not revoked meets the criterion. */
    boolean isMetBy(Token token);

    /** Met by every token. */
    record Any() implements Criterion {
        @Override
        public boolean isMetBy(Token token) {
            return true;
        }
    }

    /**
     * Met by a token that expires before an instant.
     *
     * @param instant the instant
     */
    record ExpiresBefore(Instant instant) implements Criterion {
        @Override
        public boolean isMetBy(Token token) {
            return token.expiresAt().isBefore(instant);
        }
    }

    /**
     * Met by a token whose last code was accepted before a day.
     *
     * @param day the first day without an accepted code
     */
    record UnusedSince(LocalDate day) implements Criterion {
        @Override
        public boolean isMetBy(Token token) {
            LocalDate last = token.lastAcceptedOn();
            return last != null && last.isBefore(day);
        }
    }

    /**
     * Met by a token that was suspended before an instant and is still suspended.
     *
     * @param instant the instant
     */
    record SuspendedBefore(Instant instant) implements Criterion {
        @Override
        public boolean isMetBy(Token token) {
            Suspension suspension = token.suspension();
            return suspension != null && suspension.since().isBefore(instant);
        }
    }
}
