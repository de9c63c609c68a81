package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of an institution to one consumer: each at least once, those of one holder in order, none skipped. Create
 * one for each worker; several workers, in any number of processes, share a consumer's work, and when one dies, another goes
 * on where it was, once its lease has ended.
 *
 * <p>An event can come again: after a death, an exception, or when a lease ended under a slow worker, even behind later ones.
 * Let the handler remember, in the transaction of what it does, the number of each holder's last event, and pass over what is
 * not beyond it.
 *
 * <p>It starts no thread: call {@link #deliver} again and again. To be used by one thread at a time.
 */
public final class EventFeed {
    private static final int PAGE = 100;

    private final ServiceId serviceId;
    private final TokenStore store;
    private final FeedStore feed;
    private final Clock clock;
    private final ConsumerName consumer;
    private final Duration lease;
    private final UUID worker;

    private EventFeed(
            ServiceId serviceId, TokenStore store, FeedStore feed, Clock clock, ConsumerName consumer, Duration lease) {
        this.serviceId = serviceId;
        this.store = store;
        this.feed = feed;
        this.clock = clock;
        this.consumer = consumer;
        this.lease = lease;
        worker = UUID.randomUUID();
        feed.register(serviceId, consumer);
    }

    /** What a consumer does with an event. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Handles an event. If it throws, the event comes again, and the later ones of its holder wait.
         *
         * @param holder whose event it is
         * @param event what happened
         */
        void handle(Holder holder, TokenEvent event);
    }

    /**
     * Creates a worker of a consumer, and makes the consumer known if it is not.
     *
     * @param serviceId the institution
     * @param store where its tokens are kept
     * @param clock the time, alike for all workers but for a small part of the lease
     * @param consumer the consumer
     * @param lease for how long a worker has a holder's events to itself: much longer than handling one takes, from 1
     *     second to 1 day
     * @param <S> the store
     * @return the worker
     * @throws IllegalArgumentException if the lease is out of range
     * @throws StorageException if the store fails
     */
    public static <S extends TokenStore & FeedStore> EventFeed of(
            ServiceId serviceId, S store, Clock clock, ConsumerName consumer, Duration lease) {
        Require.duration(lease, "lease", Duration.ofSeconds(1), Duration.ofDays(1));
        return new EventFeed(
                requireNonNull(serviceId, "serviceId"),
                requireNonNull(store, "store"),
                store,
                requireNonNull(clock, "clock"),
                requireNonNull(consumer, "consumer"),
                lease);
    }

    /**
     * Delivers what is due: one round over all holders with events that the consumer has not got. What a handler throws
     * stops the events of that holder only.
     *
     * @param handler what is done with each event
     * @return what was done
     * @throws StorageException if the store fails
     */
    public Delivered deliver(Handler handler) {
        requireNonNull(handler, "handler");
        List<Delivered.Failure> failures = new ArrayList<>();
        long events = 0;
        Holder last = null;
        List<Holder> due;
        do {
            due = feed.due(serviceId, consumer, now(), last, PAGE);
            for (Holder holder : due) {
                last = holder;
                events += new Run(holder, handler, failures).deliver();
            }
        } while (due.size() == PAGE);
        return new Delivered(events, failures);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** One worker at the events of one holder. */
    private final class Run {
        private final Holder holder;
        private final Handler handler;
        private final List<Delivered.Failure> failures;
        private Instant until = Instant.MIN;
        private long events;

        Run(Holder holder, Handler handler, List<Delivered.Failure> failures) {
            this.holder = holder;
            this.handler = handler;
            this.failures = failures;
        }

        long deliver() {
            boolean more = true;
            while (more) {
                more = deliverPage();
            }
            return events;
        }

        private boolean deliverPage() {
            Instant now = now();
            until = now.plus(lease);
            OptionalLong got = feed.lease(serviceId, consumer, holder, worker, now, until);
            if (got.isEmpty()) {
                return false;
            }
            List<RecordedEvent> page = store.history(serviceId, holder, got.getAsLong(), PAGE);
            long number = got.getAsLong();
            boolean all = true;
            for (RecordedEvent recorded : page) {
                all = all && now().isBefore(until) && handle(recorded.event());
                if (all) {
                    number = recorded.event().number();
                }
            }
            boolean more = all && page.size() == PAGE;
            return feed.advance(serviceId, consumer, holder, worker, number, !more) && more;
        }

        private boolean handle(TokenEvent event) {
            try {
                handler.handle(holder, event);
                events++;
                return true;
            } catch (RuntimeException e) {
                failures.add(new Delivered.Failure(holder, event.number(), e));
                return false;
            }
        }
    }

    /**
     * Forgets the consumer, so that archiving waits for it no more. Workers that are left deliver nothing.
     *
     * @throws StorageException if the store fails
     */
    public void retire() {
        feed.retire(serviceId, consumer);
    }

    /**
     * Returns whose events are due, to watch how far a consumer is behind.
     *
     * @param after the holder before the first wanted one; {@code null} to begin at the beginning
     * @param limit how many holders at most, from 1
     * @return holders with events that the consumer has not got and at which no worker is
     * @throws StorageException if the store fails
     */
    public List<Holder> due(@Nullable Holder after, int limit) {
        return feed.due(serviceId, consumer, now(), after, limit);
    }
}
