package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry in the history of a holder's enrolment, written in the commit of the change that it records. It never holds
 * a code, a secret or a password. Immutable.
 *
 * @param number its place in the history, from 1, without gaps
 * @param at when it happened
 * @param type what happened
 * @param serial the token that it happened to; {@code null} if it happened to none, as to an order
 * @param purpose what the code was for; {@code null} if no code was entered
 * @param operator who did it for the institution; {@code null} if the holder did, or the library by itself
 * @param suspensionReason why it was suspended; {@code null} unless it was
 * @param reason the operator's words; {@code null} if none were asked for
 */
public record TokenEvent(
        long number,
        Instant at,
        EventType type,
        @Nullable SerialNumber serial,
        @Nullable Purpose purpose,
        @Nullable Operator operator,
        @Nullable SuspensionReason suspensionReason,
        @Nullable String reason) {
    /** The greatest length of an operator's words. */
    public static final int MAX_REASON_LENGTH = 500;

    /**
     * Creates an event from what a store kept.
     *
     * @throws IllegalArgumentException if the number is below 1, or the reason too long or not plain text
     */
    public TokenEvent {
        if (number < 1) {
            throw new IllegalArgumentException("Events are numbered from 1, not " + number);
        }
        requireNonNull(at, "at");
        requireNonNull(type, "type");
        if (reason != null) {
            Require.text(reason, "reason", MAX_REASON_LENGTH);
        }
    }

    TokenEvent withoutReason() {
        return new TokenEvent(number, at, type, serial, purpose, operator, suspensionReason, null);
    }
}
