package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

/** What verifying a history found. */
public sealed interface HistoryVerdict {
    /**
     * Every event is there, as it was written.
     *
     * @param events how many events were verified
     * @param archived how many came before the anchor, and are not here any more
     */
    record Intact(long events, long archived) implements HistoryVerdict {}

    /**
     * The history is not as it was written, or the enrolment is not.
     *
     * @param number the number of the first event with which something is wrong
     * @param fault what is wrong with it
     */
    record Broken(long number, HistoryFault fault) implements HistoryVerdict {
        /** Creates the verdict. */
        public Broken {
            requireNonNull(fault, "fault");
        }
    }
}
