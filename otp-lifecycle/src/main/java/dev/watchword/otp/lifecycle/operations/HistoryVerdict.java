package dev.watchword.otp.lifecycle.operations;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of verifying a holder's history (R9.3). Immutable. */
public final class HistoryVerdict {
    /** The greatest number of faults that a verdict lists. */
    public static final int MAX_FINDINGS = 1_000;

    private final long events;
    private final long archived;
    private final List<HistoryFinding> findings;

    private HistoryVerdict(long events, long archived, List<HistoryFinding> findings) {
        this.events = events;
        this.archived = archived;
        this.findings = List.copyOf(findings);
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param events the number of events without a fault
     * @param archived the number of archived events before the anchor
     * @param findings the faults in the order of their events; empty if the history is intact
     * @return the value
     */
    public static HistoryVerdict of(long events, long archived, List<HistoryFinding> findings) {
        return new HistoryVerdict(events, archived, findings);
    }

    /** {@return the number of events without a fault} */
    public long events() {
        return events;
    }

    /** {@return the number of archived events before the anchor} */
    public long archived() {
        return archived;
    }

    /**
     * Returns every fault in the order of the events. Of more than {@link #MAX_FINDINGS} faults, it returns the first ones.
     *
     * @return the faults, unmodifiable; empty if the history is intact
     */
    public List<HistoryFinding> findings() {
        return findings;
    }

    /** {@return whether the history is intact: every event is present and unchanged} */
    public boolean isIntact() {
        return findings.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HistoryVerdict that
                        && events == that.events
                        && archived == that.archived
                        && findings.equals(that.findings));
    }

    @Override
    public int hashCode() {
        return Objects.hash(events, archived, findings);
    }

    @Override
    public String toString() {
        return "HistoryVerdict[events=" + events + ", archived=" + archived + ", findings=" + findings + "]";
    }
}
