package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fault that the verification of a history found. Immutable. */
public final class HistoryFinding {
    private final long number;
    private final HistoryFault fault;

    private HistoryFinding(long number, HistoryFault fault) {
        this.number = number;
        this.fault = requireNonNull(fault, "fault");
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param number the number of the event
     * @param fault the fault
     * @return the value
     */
    public static HistoryFinding of(long number, HistoryFault fault) {
        return new HistoryFinding(number, fault);
    }

    /** {@return the number of the event} */
    public long number() {
        return number;
    }

    /** {@return the fault} */
    public HistoryFault fault() {
        return fault;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HistoryFinding that && number == that.number && fault.equals(that.fault));
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, fault);
    }

    @Override
    public String toString() {
        return "HistoryFinding[number=" + number + ", fault=" + fault + "]";
    }
}
