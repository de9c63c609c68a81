package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;

/** The only place that depends on the library's feed: it opens a worker of a consumer and runs one round. */
final class Feeds {
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
        institution.consumers().create(consumer, FeedStart.FIRST_EVENT);
        EventFeed feed = institution.feed(consumer, policy);
        return () -> {
            Delivered delivered = feed.deliver(handler::handle);
            return delivered.events() > 0;
        };
    }
}
