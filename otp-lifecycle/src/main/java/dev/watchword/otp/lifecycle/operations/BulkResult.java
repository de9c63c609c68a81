package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.List;

/**
 * The result of a bulk job.
 *
 * @param changed the number of tokens and orders that were changed, or that a dry run would change
 * @param skipped the number of selected ones that the job leaves as they are, such as tokens that are suspended already
 * @param unreadable the holders whose stored data cannot be read; at most {@value #MAX_UNREADABLE} of them
 */
public record BulkResult(long changed, long skipped, List<Holder> unreadable) {
    /** The greatest number of holders in {@link #unreadable}. A job stops at the next one. */
    public static final int MAX_UNREADABLE = 1_000;

    /** Creates the value. The list is copied. */
    public BulkResult {
        unreadable = List.copyOf(unreadable);
    }
}
