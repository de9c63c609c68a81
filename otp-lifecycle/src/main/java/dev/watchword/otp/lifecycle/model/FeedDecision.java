package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The decision of an operator about an event at which a consumer failed too often. Immutable. */
public final class FeedDecision {
    /** The kind of a decision. */
    public enum Kind {
        /** The consumer receives the event again. */
        RETRY,
        /** The consumer does not receive the event. It continues with the next one. */
        SKIP
    }

    private final Kind kind;
    private final long number;
    private final Instant at;
    private final Operator operator;
    private final @Nullable String reason;

    private FeedDecision(Kind kind, long number, Instant at, Operator operator, @Nullable String reason) {
        this.kind = requireNonNull(kind, "kind");
        this.number = number;
        this.at = requireNonNull(at, "at");
        this.operator = requireNonNull(operator, "operator");
        this.reason = reason;
        if (reason != null) {
            Require.text(reason, "reason", TokenEvent.MAX_REASON_LENGTH);
        }
    }

    /**
     * Creates the value.
     *
     * @param kind the kind
     * @param number the number of the event
     * @param at the instant of the decision
     * @param operator the operator
     * @param reason the operator's reason, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters; {@code null} after an erasure
     * @return the value
     * @throws IllegalArgumentException if the reason is malformed
     */
    public static FeedDecision of(Kind kind, long number, Instant at, Operator operator, @Nullable String reason) {
        return new FeedDecision(kind, number, at, operator, reason);
    }

    /** {@return the kind} */
    public Kind kind() {
        return kind;
    }

    /** {@return the number of the event} */
    public long number() {
        return number;
    }

    /** {@return the instant of the decision} */
    public Instant at() {
        return at;
    }

    /** {@return the operator} */
    public Operator operator() {
        return operator;
    }

    /** {@return the operator's reason; {@code null} after the erasure of the holder's personal data} */
    public @Nullable String reason() {
        return reason;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FeedDecision that
                        && kind == that.kind
                        && number == that.number
                        && at.equals(that.at)
                        && operator.equals(that.operator)
                        && Objects.equals(reason, that.reason));
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, number, at, operator, reason);
    }

    @Override
    public String toString() {
        return "FeedDecision[kind=" + kind + ", number=" + number + ", at=" + at + ", operator=" + operator
                + ", reason=" + reason + "]";
    }
}
