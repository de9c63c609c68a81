package dev.watchword.otp.lifecycle.operations;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of verifying a holder's history. Immutable. */
public final class HistoryVerdict {
    private final long events;
    private final long archived;
    private final @Nullable HistoryFinding finding;

    private HistoryVerdict(long events, long archived, @Nullable HistoryFinding finding) {
        this.events = events;
        this.archived = archived;
        this.finding = finding;
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param events the number of verified events
     * @param archived the number of archived events before the anchor
     * @param finding the first fault; {@code null} if the history is intact
     * @return the value
     */
    public static HistoryVerdict of(long events, long archived, @Nullable HistoryFinding finding) {
        return new HistoryVerdict(events, archived, finding);
    }

    /** {@return the number of verified events} */
    public long events() {
        return events;
    }

    /** {@return the number of archived events before the anchor} */
    public long archived() {
        return archived;
    }

    /** {@return the first fault; {@code null} if the history is intact} */
    public @Nullable HistoryFinding finding() {
        return finding;
    }

    /** {@return whether the history is intact: every event is present and unchanged} */
    public boolean isIntact() {
        return finding == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HistoryVerdict that
                        && events == that.events
                        && archived == that.archived
                        && Objects.equals(finding, that.finding));
    }

    @Override
    public int hashCode() {
        return Objects.hash(events, archived, finding);
    }

    @Override
    public String toString() {
        return "HistoryVerdict[events=" + events + ", archived=" + archived + ", finding=" + finding + "]";
    }
}
