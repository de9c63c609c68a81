package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.FailedDelivery;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker of the event feed, through the feed part of a store. */
public final class DefaultEventFeed implements EventFeed {
    private static final int PAGE = 100;

    private final Context context;
    private final FeedStore feed;
    private final ConsumerName consumer;
    private final Duration lease;
    private final UUID worker;
    private boolean registered;

    /** Creates a worker. It registers its consumer when it delivers. */
    public DefaultEventFeed(Context context, ConsumerName consumer, Duration lease) {
        Require.duration(lease, "lease", Duration.ofSeconds(1), Duration.ofDays(1));
        this.context = context;
        this.feed = context.require(FeedStore.class);
        this.consumer = requireNonNull(consumer, "consumer");
        this.lease = lease;
        worker = UUID.randomUUID();
    }

    @Override
    public Delivered deliver(Handler handler) {
        requireNonNull(handler, "handler");
        register();
        List<FailedDelivery> failures = new ArrayList<>();
        long events = 0;
        Holder last = null;
        List<Holder> due;
        do {
            due = feed.due(context.serviceId(), consumer, context.now(), last, PAGE);
            for (Holder holder : due) {
                last = holder;
                events += new Visit(holder, handler, failures).deliver();
            }
        } while (due.size() == PAGE);
        return Delivered.of(events, failures);
    }

    /** Registers the consumer once, so that a consumer that was retired afterwards stays so. */
    private void register() {
        if (!registered) {
            feed.register(context.serviceId(), consumer);
            registered = true;
        }
    }

    /** The delivery of one holder's next events in one round. */
    private final class Visit {
        private final Holder holder;
        private final Handler handler;
        private final List<FailedDelivery> failures;
        private long events;

        Visit(Holder holder, Handler handler, List<FailedDelivery> failures) {
            this.holder = holder;
            this.handler = handler;
            this.failures = failures;
        }

        long deliver() {
            Instant now = context.now();
            Instant until = now.plus(lease);
            OptionalLong received = feed.lease(context.serviceId(), consumer, holder, worker, now, until);
            if (received.isEmpty()) {
                return 0;
            }
            List<RecordedEvent> page =
                    context.store().history(context.serviceId(), holder, received.getAsLong(), MAX_EVENTS_OF_HOLDER);
            long number = received.getAsLong();
            for (RecordedEvent recorded : page) {
                if (!context.now().isBefore(until) || !handle(recorded.event())) {
                    break;
                }
                number = recorded.event().number();
            }
            boolean unused = feed.advance(context.serviceId(), consumer, holder, worker, number, true);
            return events;
        }

        private boolean handle(TokenEvent event) {
            try {
                handler.handle(holder, event);
                events++;
                return true;
            } catch (RuntimeException e) {
                failures.add(FailedDelivery.of(holder, event.number(), e));
                return false;
            }
        }
    }

    @Override
    public void retire() {
        registered = true;
        feed.retire(context.serviceId(), consumer);
    }

    @Override
    public List<Holder> due(@Nullable Holder after, int limit) {
        Require.range(limit, "limit", 1, TokenLists.MAX_LIMIT, "the size of a page");
        return feed.due(context.serviceId(), consumer, context.now(), after, limit);
    }
}
