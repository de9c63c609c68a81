package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The withdrawal of a hardware token from the stock (R5.5): when, by which operator, and why. Immutable. */
public final class Withdrawal {
    private final Instant at;
    private final Operator operator;
    private final String reason;

    private Withdrawal(Instant at, Operator operator, String reason) {
        this.at = requireNonNull(at, "at");
        this.operator = requireNonNull(operator, "operator");
        this.reason = Require.text(requireNonNull(reason, "reason"), "reason", TokenEvent.MAX_REASON_LENGTH);
    }

    /**
     * Creates the value.
     *
     * @param at the instant
     * @param operator the operator
     * @param reason the operator's reason, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters, without control characters and
     *     without white space at either end
     * @return the value
     * @throws IllegalArgumentException if the reason is malformed
     */
    public static Withdrawal of(Instant at, Operator operator, String reason) {
        return new Withdrawal(at, operator, reason);
    }

    /** {@return the instant} */
    public Instant at() {
        return at;
    }

    /** {@return the operator} */
    public Operator operator() {
        return operator;
    }

    /** {@return the operator's reason} */
    public String reason() {
        return reason;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Withdrawal that
                        && at.equals(that.at)
                        && operator.equals(that.operator)
                        && reason.equals(that.reason));
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, operator, reason);
    }

    @Override
    public String toString() {
        return "Withdrawal[at=" + at + ", operator=" + operator + ", reason=" + reason + "]";
    }
}
