package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of one round of delivery. Immutable. */
public final class Delivered {
    private final long events;
    private final List<FailedDelivery> failures;

    private Delivered(long events, List<FailedDelivery> failures) {
        this.events = events;
        this.failures = List.copyOf(requireNonNull(failures, "failures"));
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param events the number of handled events
     * @param failures the events that were not handled; a later round delivers them again
     * @return the value
     */
    public static Delivered of(long events, List<FailedDelivery> failures) {
        return new Delivered(events, failures);
    }

    /** {@return the number of handled events} */
    public long events() {
        return events;
    }

    /** {@return the events that were not handled; a later round delivers them again} */
    public List<FailedDelivery> failures() {
        return failures;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Delivered that && events == that.events && failures.equals(that.failures));
    }

    @Override
    public int hashCode() {
        return Objects.hash(events, failures);
    }

    @Override
    public String toString() {
        return "Delivered[events=" + events + ", failures=" + failures + "]";
    }
}
