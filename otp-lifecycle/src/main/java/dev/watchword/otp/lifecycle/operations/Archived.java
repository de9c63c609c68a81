package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The progress of archiving. Immutable. */
public final class Archived {
    /** The greatest number of entries in {@link #waiting}. */
    public static final int MAX_WAITING = 1_000;

    private final long holders;
    private final long events;
    private final long held;
    private final List<Holder> broken;
    private final List<HeldHistory> waiting;

    private Archived(long holders, long events, long held, List<Holder> broken, List<HeldHistory> waiting) {
        this.holders = holders;
        this.events = events;
        this.held = held;
        this.broken = List.copyOf(broken);
        this.waiting = List.copyOf(waiting);
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param holders the number of holders with archived events
     * @param events the number of archived events
     * @param held the number of holders whose old events some consumer has not received yet
     * @param broken the holders whose history is not intact
     * @return the value
     */
    public static Archived of(long holders, long events, long held, List<Holder> broken) {
        return new Archived(holders, events, held, broken, List.of());
    }

    /**
     * Returns a copy that names the consumers for which archiving waits, for tests of applications.
     *
     * @param newWaiting the consumers, with their holders
     * @return the copy
     */
    public Archived withWaiting(List<HeldHistory> newWaiting) {
        return new Archived(holders, events, held, broken, newWaiting);
    }

    /** {@return the number of holders with archived events} */
    public long holders() {
        return holders;
    }

    /** {@return the number of archived events} */
    public long events() {
        return events;
    }

    /** {@return the number of holders whose old events some consumer has not received yet} */
    public long held() {
        return held;
    }

    /**
     * {@return the holders whose history is not intact. Their events from the faulty part on stay in the history. Verify the
     * history to see the first fault}
     */
    public List<Holder> broken() {
        return broken;
    }

    /**
     * {@return the holders whose events were not archived because a consumer has not received them, each with the consumer; the
     * first {@value #MAX_WAITING}. A parked stream waits until an operator decides; see {@link FeedConsumers}}
     */
    public List<HeldHistory> waiting() {
        return waiting;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Archived that
                        && holders == that.holders
                        && events == that.events
                        && held == that.held
                        && broken.equals(that.broken)
                        && waiting.equals(that.waiting));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holders, events, held, broken, waiting);
    }

    @Override
    public String toString() {
        return "Archived[holders=" + holders + ", events=" + events + ", held=" + held + ", broken=" + broken
                + ", waiting=" + waiting + "]";
    }
}
