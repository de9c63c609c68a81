package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.FailedDelivery;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One round of a worker: a visit of each holder whose events are due, then of each holder whose delay has ended. For one run and
 * one thread.
 *
 * <p>A round visits due events before retries. After a pause, the consumer can then succeed at a new event before it fails again
 * at events that always fail. The success ends the series of pauses.
 */
final class FeedRound {
    private static final int PAGE = 100;

    private final Context context;
    private final FeedStore feed;
    private final ConsumerName consumer;
    private final FeedPolicy policy;
    private final UUID worker;
    private final EventFeed.Handler handler;

    private final List<FailedDelivery> failures = new ArrayList<>();
    private long events;
    private long successes;
    private @Nullable Instant pausedUntil;

    FeedRound(
            Context context,
            FeedStore feed,
            ConsumerName consumer,
            FeedPolicy policy,
            UUID worker,
            EventFeed.Handler handler) {
        this.context = context;
        this.feed = feed;
        this.consumer = consumer;
        this.policy = policy;
        this.worker = worker;
        this.handler = handler;
    }

    Delivered run() {
        Instant begin = context.now();
        pausedUntil =
                DefaultFeedConsumers.pause(DefaultFeedConsumers.state(feed, context.serviceId(), consumer), begin);
        visitDue();
        visitRetries(begin);
        Delivered done = Delivered.of(events, failures);
        return pausedUntil == null ? done : done.withPause(pausedUntil);
    }

    private void visitDue() {
        Holder last = null;
        boolean more = true;
        while (more && pausedUntil == null) {
            List<Holder> due = feed.due(context.serviceId(), consumer, context.now(), last, PAGE);
            for (Holder holder : due) {
                last = holder;
                visitUnlessPaused(holder);
            }
            more = due.size() == PAGE;
        }
    }

    /** A visit removes the holder from the list, because the next delay ends after the beginning of the round. */
    private void visitRetries(Instant begin) {
        Set<Holder> visited = new HashSet<>();
        boolean more = true;
        while (more && pausedUntil == null) {
            List<Holder> page = feed.retries(context.serviceId(), consumer, begin, PAGE);
            List<Holder> others =
                    page.stream().filter(holder -> !visited.contains(holder)).toList();
            visited.clear();
            visited.addAll(page);
            others.forEach(this::visitUnlessPaused);
            more = page.size() == PAGE && !others.isEmpty();
        }
    }

    private void visitUnlessPaused(Holder holder) {
        if (pausedUntil == null) {
            visit(holder);
        }
    }

    private void visit(Holder holder) {
        Instant now = context.now();
        Instant until = now.plus(policy.lease());
        Optional<FeedPlace> place = feed.lease(context.serviceId(), consumer, holder, worker, now, until);
        if (place.isEmpty()) {
            return;
        }
        long first = place.get().number();
        long number = first;
        long before = successes;
        Throwable failure = null;
        List<RecordedEvent> page = context.store().history(context.serviceId(), holder, first, policy.eventsOfHolder());
        for (RecordedEvent recorded : page) {
            if (!context.now().isBefore(until)) {
                break;
            }
            long next = recorded.event().number();
            failure = handle(holder, recorded);
            if (failure != null) {
                number = next - 1; // events between the position and the next stored event were archived
                break;
            }
            number = next;
        }
        if (successes > before && place.get().failing()) {
            feed.recovered(context.serviceId(), consumer);
        }
        if (failure == null) {
            boolean unused = feed.advance(context.serviceId(), consumer, holder, worker, number, true);
        } else {
            fail(holder, number, failure);
        }
    }

    /** Handles an event, or passes over it. Returns what the handler threw, or null. */
    private @Nullable Throwable handle(Holder holder, RecordedEvent recorded) {
        try {
            if (handler.handles(recorded.event())) {
                handler.handle(holder, recorded.event());
                successes++;
            }
            events++;
            return null;
        } catch (OutOfMemoryError | InternalError e) {
            throw e; // this process is dying, and another worker continues after the lease
        } catch (Throwable e) { // an error that stopped the worker would come again, uncounted, on every node
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return e;
        }
    }

    private void fail(Holder holder, long number, Throwable failure) {
        Instant now = context.now();
        AfterFailure after = feed.fail(
                        context.serviceId(),
                        consumer,
                        holder,
                        worker,
                        number,
                        ErrorText.of(failure),
                        now,
                        count -> FailureRule.decide(policy, count, now))
                .orElse(null);
        FailedDelivery failed = FailedDelivery.of(holder, number + 1, failure);
        failures.add(after instanceof AfterFailure.Park ? failed.asParked() : failed);
        if (after instanceof AfterFailure.Pause pause) {
            pausedUntil = pause.until();
        }
    }
}
