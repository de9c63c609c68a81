package dev.watchword.otp.spring.feed;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads that deliver events: one for each consumer. They start after the web server and stop before it. A stop waits until the
 * current round has ended, or until the time for it is over.
 */
final class FeedWorkers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWorkers.class);

    private final Feeds feeds;
    private final Supplier<List<FeedHandler>> handlers;
    private final Duration delay;
    private final Duration longestStop;
    private @Nullable ScheduledExecutorService threads;

    FeedWorkers(Feeds feeds, Supplier<List<FeedHandler>> handlers, Duration delay, Duration longestStop) {
        this.feeds = feeds;
        this.handlers = handlers;
        this.delay = delay;
        this.longestStop = longestStop;
    }

    @Override
    public synchronized void start() {
        List<FeedHandler> all = handlers.get();
        requireDistinct(all);
        if (threads != null || all.isEmpty()) {
            return;
        }
        ScheduledExecutorService started =
                Executors.newScheduledThreadPool(all.size(), new CustomizableThreadFactory("watchword-feed-"));
        threads = started;
        for (FeedHandler handler : all) {
            Feeds.Worker worker = feeds.open(handler);
            ScheduledFuture<?> unused = started.scheduleWithFixedDelay(
                    () -> deliver(handler.consumer(), worker, started), 0, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The names of the consumers, sorted. */
    List<String> consumers() {
        return handlers.get().stream().map(FeedHandler::consumer).sorted().toList();
    }

    private static void requireDistinct(List<FeedHandler> handlers) {
        Set<String> consumers = new HashSet<>();
        for (FeedHandler handler : handlers) {
            if (!consumers.add(handler.consumer())) {
                throw new IllegalStateException("The consumer " + handler.consumer()
                        + " has two handlers, and each event would reach one of them; name one handler otherwise");
            }
        }
    }

    /** Runs rounds while they find events. An exception or error ends the run only: the executor would schedule no further run after it. */
    private static void deliver(String consumer, Feeds.Worker worker, ScheduledExecutorService threads) {
        try {
            boolean more = true;
            while (more && !threads.isShutdown()) {
                more = worker.deliver();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("The feed of the consumer {} failed; it tries again", consumer, e);
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService stopping = threads;
        threads = null;
        if (stopping == null) {
            return;
        }
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(longestStop.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.shutdownNow();
            }
        } catch (InterruptedException e) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return threads != null;
    }
}
