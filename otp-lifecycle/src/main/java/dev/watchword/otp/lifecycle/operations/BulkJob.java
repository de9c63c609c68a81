package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * An action of an operator on many tokens (R12.3). Obtain it from
 * {@link dev.watchword.otp.lifecycle.OperatorDesk#bulk}. Run it dry first, and show the operator what it would change.
 *
 * <p>The job changes each token in a separate commit, with one event. It skips a token that no longer meets the selection. A job
 * can therefore be stopped at any time and run again. It continues with the remaining tokens and records no action twice. It
 * reads one page at a time, so its memory does not grow with the number of tokens. Thread-safe; concurrent runs share the work.
 */
public interface BulkJob {
    /**
     * Lists what {@link #run} would change, and changes nothing.
     *
     * @param each receives each token or order, in the order of the run
     * @return the number of tokens and orders that would be changed
     * @throws WatchwordException if the store fails
     */
    BulkResult dryRun(Consumer<BulkItem> each);

    /**
     * Carries the action out. It continues after a holder whose stored data cannot be read, and reports the holder.
     *
     * @param progress receives the number of selected tokens and orders that were handled, after each page; an exception that it
     *     throws stops the job
     * @return the result
     * @throws WatchwordException if the infrastructure fails; run the job again
     */
    BulkResult run(LongConsumer progress);
}
