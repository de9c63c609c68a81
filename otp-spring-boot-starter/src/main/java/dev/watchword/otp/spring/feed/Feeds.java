package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.FailedDelivery;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place that depends on the library's feed: it opens a worker of a consumer and runs one round. */
final class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final Institution institution;
    private final FeedPolicy policy;

    Feeds(Institution institution, FeedPolicy policy) {
        this.institution = institution;
        this.policy = policy;
    }

    /** A worker of one consumer, for one thread. */
    interface Worker {
        /** Runs one round. Returns whether it handled an event, so that another round may find more. */
        boolean deliver();
    }

    Worker open(FeedHandler handler) {
        ConsumerName consumer = new ConsumerName(handler.consumer());
        institution.consumers().create(consumer, handler.start());
        EventFeed feed = institution.feed(consumer, policy);
        EventFeed.Handler target = new Target(handler);
        return () -> {
            Delivered delivered = feed.deliver(target);
            delivered.failures().forEach(failed -> log(consumer, failed));
            return delivered.events() > 0;
        };
    }

    private static void log(ConsumerName consumer, FailedDelivery failed) {
        LOG.warn(
                "The consumer {} failed at event {} of a holder; the holder's events {}",
                consumer,
                failed.number(),
                failed.isParked() ? "are parked" : "are delivered again later",
                failed.cause());
    }

    /** The handler of the library that a bean is. */
    private record Target(FeedHandler bean) implements EventFeed.Handler {
        @Override
        public boolean handles(TokenEvent event) {
            return bean.handles(event);
        }

        @Override
        public void handle(Holder holder, TokenEvent event) {
            bean.handle(holder, event);
        }
    }
}
