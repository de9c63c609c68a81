package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import java.time.Duration;

/** The only place that depends on the library's feed: it opens a worker of a consumer and runs one round. */
final class Feeds {
    private final Institution institution;
    private final Duration lease;

    Feeds(Institution institution, Duration lease) {
        this.institution = institution;
        this.lease = lease;
    }

    /** A worker of one consumer, for one thread. */
    interface Worker {
        /** Runs one round. Returns whether it handled an event, so that another round may find more. */
        boolean deliver();
    }

    Worker open(FeedHandler handler) {
        ConsumerName consumer = new ConsumerName(handler.consumer());
        institution.consumers().create(consumer, FeedStart.FIRST_EVENT);
        EventFeed feed = institution.feed(consumer, FeedPolicy.STANDARD.withLease(lease));
        return () -> {
            Delivered delivered = feed.deliver(handler::handle);
            return delivered.events() > 0;
        };
    }
}
