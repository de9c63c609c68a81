package dev.watchword.otp.lifecycle.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The counts of wrong codes of a token. Immutable. */
public final class Failures {
    /** No wrong code. */
    public static final Failures NONE = new Failures(0, 0, null);

    private final int consecutive;
    private final int sinceAccepted;
    private final @Nullable Instant lastAt;

    private Failures(int consecutive, int sinceAccepted, @Nullable Instant lastAt) {
        this.consecutive = consecutive;
        this.sinceAccepted = sinceAccepted;
        this.lastAt = lastAt;
        if (consecutive < 0 || consecutive > sinceAccepted || (sinceAccepted == 0) != (lastAt == null)) {
            throw new IllegalArgumentException("Failures contradict each other: " + consecutive + " consecutive of "
                    + sinceAccepted + " since the last accepted code, the last one at " + lastAt);
        }
    }

    /**
     * Creates failures from stored values.
     *
     * @param consecutive the number of wrong codes since the last accepted code or resumption
     * @param sinceAccepted the number of wrong codes since the last accepted code; a resumption does not reset it
     * @param lastAt the instant of the last wrong code since the last accepted code, or {@code null}
     * @return the value
     * @throws IllegalArgumentException if the values contradict each other
     */
    public static Failures of(int consecutive, int sinceAccepted, @Nullable Instant lastAt) {
        return new Failures(consecutive, sinceAccepted, lastAt);
    }

    /** {@return the number of wrong codes since the last accepted code or resumption} */
    public int consecutive() {
        return consecutive;
    }

    /** {@return the number of wrong codes since the last accepted code; a resumption does not reset it} */
    public int sinceAccepted() {
        return sinceAccepted;
    }

    /**
     * {@return the instant of the last wrong code since the last accepted code, or {@code null}}
     */
    public @Nullable Instant lastAt() {
        return lastAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Failures that
                        && consecutive == that.consecutive
                        && sinceAccepted == that.sinceAccepted
                        && Objects.equals(lastAt, that.lastAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(consecutive, sinceAccepted, lastAt);
    }

    @Override
    public String toString() {
        return "Failures[consecutive=" + consecutive + ", sinceAccepted=" + sinceAccepted + ", lastAt=" + lastAt + "]";
    }
}
