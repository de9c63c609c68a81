package dev.watchword.otp.lifecycle.operations;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The progress of archiving. Immutable. */
public final class Archived {
    private final long holders;
    private final long events;
    private final long held;

    private Archived(long holders, long events, long held) {
        this.holders = holders;
        this.events = events;
        this.held = held;
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param holders the number of holders with archived events
     * @param events the number of archived events
     * @param held the number of holders whose old events some consumer has not received yet
     * @return the value
     */
    public static Archived of(long holders, long events, long held) {
        return new Archived(holders, events, held);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Archived that
                        && holders == that.holders
                        && events == that.events
                        && held == that.held);
    }

    @Override
    public int hashCode() {
        return Objects.hash(holders, events, held);
    }

    @Override
    public String toString() {
        return "Archived[holders=" + holders + ", events=" + events + ", held=" + held + "]";
    }
}
