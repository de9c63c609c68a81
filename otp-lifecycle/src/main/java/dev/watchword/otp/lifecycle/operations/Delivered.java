package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of one round of delivery. Immutable. */
public final class Delivered {
    private final long events;
    private final List<FailedDelivery> failures;
    private final @Nullable Instant pausedUntil;

    private Delivered(long events, List<FailedDelivery> failures, @Nullable Instant pausedUntil) {
        this.events = events;
        this.failures = List.copyOf(requireNonNull(failures, "failures"));
        this.pausedUntil = pausedUntil;
    }

    /**
     * Creates the value of a round without a pause, for tests of applications.
     *
     * @param events the number of handled events
     * @param failures the events that were not handled
     * @return the value
     */
    public static Delivered of(long events, List<FailedDelivery> failures) {
        return new Delivered(events, failures, null);
    }

    /**
     * Returns a copy for a round that a pause ended or prevented, for tests of applications.
     *
     * @param until the instant at which the pause ends
     * @return the copy
     */
    public Delivered withPause(Instant until) {
        return new Delivered(events, failures, requireNonNull(until, "until"));
    }

    /** {@return the number of handled events} */
    public long events() {
        return events;
    }

    /** {@return the events that were not handled} */
    public List<FailedDelivery> failures() {
        return failures;
    }

    /** {@return the instant at which the pause of the consumer ends; {@code null} if it is not paused} */
    public @Nullable Instant pausedUntil() {
        return pausedUntil;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Delivered that
                        && events == that.events
                        && failures.equals(that.failures)
                        && Objects.equals(pausedUntil, that.pausedUntil));
    }

    @Override
    public int hashCode() {
        return Objects.hash(events, failures, pausedUntil);
    }

    @Override
    public String toString() {
        return "Delivered[events=" + events + ", failures=" + failures + ", pausedUntil=" + pausedUntil + "]";
    }
}
