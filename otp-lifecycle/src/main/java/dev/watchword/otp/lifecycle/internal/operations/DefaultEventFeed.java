package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A worker of the event feed, through the feed part of a store. */
public final class DefaultEventFeed implements EventFeed {
    private final Context context;
    private final FeedStore feed;
    private final ConsumerName consumer;
    private final FeedPolicy policy;
    private final UUID worker;
    private final AtomicBoolean delivering = new AtomicBoolean();

    /** Creates a worker. It writes nothing. */
    public DefaultEventFeed(Context context, ConsumerName consumer, FeedPolicy policy) {
        this.context = context;
        this.feed = context.require(FeedStore.class);
        this.consumer = requireNonNull(consumer, "consumer");
        this.policy = requireNonNull(policy, "policy");
        worker = UUID.randomUUID();
    }

    @Override
    public Delivered deliver(Handler handler) {
        requireNonNull(handler, "handler");
        if (!delivering.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "This feed object is delivering already, so events would be delivered twice;"
                            + " create one object for each thread with Institution.feed");
        }
        try {
            return new FeedRound(context, feed, consumer, policy, worker, handler).run();
        } finally {
            delivering.set(false);
        }
    }

    @Override
    public List<Holder> due(@Nullable Holder after, int limit) {
        Require.range(limit, "limit", 1, TokenLists.MAX_LIMIT, "the size of a page");
        var unused = DefaultFeedConsumers.state(feed, context.serviceId(), consumer);
        return feed.due(context.serviceId(), consumer, context.now(), after, limit);
    }
}
