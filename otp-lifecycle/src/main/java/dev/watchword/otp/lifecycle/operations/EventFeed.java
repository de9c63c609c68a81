package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker that delivers an institution's events to one consumer: each event at least once, the events of one holder in order,
 * and none skipped. Several workers, in any number of processes, share the work of a consumer. If a worker dies, another one
 * continues after its lease has ended.
 *
 * <p>An event can be delivered again after a worker died, after an exception, or if a lease ended before a slow worker finished.
 * In the last case, it can be delivered even after later events. A handler MUST therefore store the number of each holder's last
 * event in the same transaction as its work, and skip events up to that number.
 *
 * <p>A feed starts no thread: call {@link #deliver} repeatedly. Use one feed object in one thread at a time.
 */
public interface EventFeed {
    /** The greatest number of events of one holder that one round delivers. The others wait for the next round. */
    int MAX_EVENTS_OF_HOLDER = 100;

    /** A handler of events. */
    @FunctionalInterface
    interface Handler {
        /**
         * Handles an event. If it throws, a later round delivers the event again, and the later events of its holder wait.
         *
         * @param holder the holder
         * @param event the event
         */
        void handle(Holder holder, TokenEvent event);
    }

    /**
     * Delivers the events that are due: one round over all holders with events that the consumer has not received. The first call
     * registers the consumer. An exception of the handler stops only the events of that holder.
     *
     * <p>A round visits each holder at most once and delivers at most {@value #MAX_EVENTS_OF_HOLDER} of its events. A holder with
     * more events, or with new events during its visit, does not delay other holders. Call again while the result has events.
     *
     * @param handler handles each event
     * @return the number of handled events, and the failures
     * @throws WatchwordException if the store fails
     */
    Delivered deliver(Handler handler);

    /**
     * Removes the consumer. Archiving no longer waits for it. Workers that have called {@link #deliver} before deliver nothing.
     *
     * @throws WatchwordException if the store fails
     */
    void retire();

    /**
     * Returns the holders whose events are due, to monitor a consumer's backlog. It registers nothing, so the result is empty for
     * an unknown consumer.
     *
     * @param after the last holder of the page before; {@code null} for the first page
     * @param limit the greatest number of holders, 1 to {@value TokenLists#MAX_LIMIT}
     * @return holders with events that the consumer has not received and that no worker has leased
     * @throws IllegalArgumentException if the limit is out of range
     * @throws WatchwordException if the store fails
     */
    List<Holder> due(@Nullable Holder after, int limit);
}
