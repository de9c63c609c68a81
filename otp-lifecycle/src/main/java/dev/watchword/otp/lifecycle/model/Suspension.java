package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The suspension of a token. Until an operator resumes it, no code of the token is accepted. Time never ends a
 * suspension. Immutable.
 */
public final class Suspension {
    private final SuspensionReason reason;
    private final Instant since;
    private final @Nullable Operator operator;

    private Suspension(SuspensionReason reason, Instant since, @Nullable Operator operator) {
        this.reason = requireNonNull(reason, "reason");
        this.since = requireNonNull(since, "since");
        this.operator = operator;
    }

    /**
     * Creates a suspension from stored values.
     *
     * @param reason the reason
     * @param since the instant at which the suspension began
     * @param operator the operator who suspended the token; {@code null} if the library did, after too many wrong
     *     codes
     * @return the value
     */
    public static Suspension of(SuspensionReason reason, Instant since, @Nullable Operator operator) {
        return new Suspension(reason, since, operator);
    }

    /** {@return the reason} */
    public SuspensionReason reason() {
        return reason;
    }

    /** {@return the instant at which the suspension began} */
    public Instant since() {
        return since;
    }

    /**
     * {@return the operator who suspended the token; {@code null} if the library did, after too many wrong codes}
     */
    public @Nullable Operator operator() {
        return operator;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Suspension that
                        && reason.equals(that.reason)
                        && since.equals(that.since)
                        && Objects.equals(operator, that.operator));
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, since, operator);
    }

    @Override
    public String toString() {
        return "Suspension[reason=" + reason + ", since=" + since + ", operator=" + operator + "]";
    }
}
