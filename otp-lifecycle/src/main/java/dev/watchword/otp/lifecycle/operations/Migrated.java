package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BadRecords;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of taking over a file of tokens, or of rehearsing it. Immutable. */
public final class Migrated {
    private final long takenOver;
    private final long already;
    private final BadRecords bad;
    private final Map<RecordProblem, Long> problems;

    private Migrated(long takenOver, long already, BadRecords bad, Map<RecordProblem, Long> problems) {
        this.takenOver = takenOver;
        this.already = already;
        this.bad = requireNonNull(bad, "bad");
        this.problems = Map.copyOf(problems);
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param takenOver the number of tokens that were taken over
     * @param already the number of tokens that an earlier run took over and that are in use here
     * @param bad the records that were not taken over
     * @param problems the number of bad records for each kind of problem
     * @return the value
     */
    public static Migrated of(long takenOver, long already, BadRecords bad, Map<RecordProblem, Long> problems) {
        return new Migrated(takenOver, already, bad, problems);
    }

    /** {@return the number of tokens that were taken over} */
    public long takenOver() {
        return takenOver;
    }

    /** {@return the number of tokens that an earlier run took over and that are in use here} */
    public long already() {
        return already;
    }

    /** {@return the records that were not taken over} */
    public BadRecords bad() {
        return bad;
    }

    /** {@return the number of bad records for each kind of problem that occurred} */
    public Map<RecordProblem, Long> problems() {
        return problems;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Migrated that
                        && takenOver == that.takenOver
                        && already == that.already
                        && bad.equals(that.bad)
                        && problems.equals(that.problems));
    }

    @Override
    public int hashCode() {
        return Objects.hash(takenOver, already, bad, problems);
    }

    @Override
    public String toString() {
        return "Migrated[takenOver=" + takenOver + ", already=" + already + ", bad=" + bad + ", problems=" + problems
                + "]";
    }
}
