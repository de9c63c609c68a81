package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker that delivers an institution's events to one consumer: each event at least once, the events of one holder in order,
 * and none skipped except by an operator. Several workers, in any number of processes, share the work of a consumer. If a worker
 * dies, another one continues after its lease has ended. {@link FeedConsumers#create} creates a consumer.
 *
 * <p>An event can be delivered again after a worker died, after an exception, or if a lease ended before a slow worker finished.
 * In the last case, it can be delivered even after later events. A handler MUST therefore store the number of each holder's last
 * event in the same transaction as its work, and skip events up to that number.
 *
 * <p>A feed starts no thread: call {@link #deliver} repeatedly. Create one feed object for each thread.
 */
public interface EventFeed {
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

        /**
         * Returns whether this handler does something with an event. The feed passes over other events without a call of
         * {@link #handle}. They do not count as successes of the consumer, so the feed recognises an outage although the holders
         * have other events. The answer MUST depend on the event only.
         *
         * @param event the event
         * @return whether the event is handled; {@code true} unless a handler overrides it
         */
        default boolean handles(TokenEvent event) {
            return true;
        }

        /**
         * Returns a handler of some types of events.
         *
         * @param types the types
         * @param handler handles their events
         * @return the handler, which passes over events of other types
         */
        static Handler of(Set<EventType> types, Handler handler) {
            return new SelectedEvents(types, handler);
        }
    }

    /**
     * Delivers the events that are due: one round over all holders with events that the consumer has not received.
     *
     * <p>A round visits each holder at most once and delivers at most {@link FeedPolicy#eventsOfHolder} of its events. A holder
     * with more events, or with new events during its visit, does not delay other holders. Call again while the result has events.
     *
     * <p>Anything that the handler throws stops only the events of that holder, except an {@link OutOfMemoryError} and an {@link InternalError}, which this method throws. The event is delivered again after a growing delay.
     * After {@link FeedPolicy#attempts} failed attempts the holder's events are parked until an operator decides. Failures at
     * {@link FeedPolicy#failingHolders} different holders in a row pause the consumer instead: the round ends, and later rounds
     * deliver nothing until the pause has ended. After a pause, no attempt counts until the consumer has succeeded once.
     *
     * @param handler handles each event
     * @return the number of handled events, the failures, and the pause
     * @throws IllegalStateException if the consumer does not exist, or if this object is already delivering, in another thread or
     *     further up the stack of this thread
     * @throws WatchwordException if the store fails
     */
    Delivered deliver(Handler handler);

    /**
     * Returns the holders whose events are due, to monitor a consumer's backlog. Events that are backing off or parked are not
     * due.
     *
     * @param after the last holder of the page before; {@code null} for the first page
     * @param limit the greatest number of holders, 1 to {@value TokenLists#MAX_LIMIT}
     * @return holders with events that the consumer has not received and that no worker has leased
     * @throws IllegalArgumentException if the limit is out of range
     * @throws IllegalStateException if the consumer does not exist
     * @throws WatchwordException if the store fails
     */
    List<Holder> due(@Nullable Holder after, int limit);
}
