package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedPosition;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.ConsumerState;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The feed part of a store in memory. It uses the lock of the store. */
final class InMemoryFeedStore implements FeedStore {
    private final Object lock;
    private final BiFunction<ServiceId, @Nullable Holder, Stream<Enrolment>> enrolmentsAfter;
    private final Map<ServiceId, InMemoryFeed> feeds = new HashMap<>();

    /**
     * Creates the feed part.
     *
     * @param lock the lock of the store
     * @param enrolmentsAfter the enrolments of an institution after a holder, in the order of the holders
     */
    InMemoryFeedStore(Object lock, BiFunction<ServiceId, @Nullable Holder, Stream<Enrolment>> enrolmentsAfter) {
        this.lock = lock;
        this.enrolmentsAfter = enrolmentsAfter;
    }

    /** Returns the consumers of an institution, for a caller that has the lock. */
    InMemoryFeed of(ServiceId serviceId) {
        return feeds.computeIfAbsent(serviceId, id -> new InMemoryFeed());
    }

    @Override
    public boolean register(ServiceId serviceId, ConsumerName consumer, FeedStart start) {
        synchronized (lock) {
            Map<Holder, Long> received = start == FeedStart.FIRST_EVENT
                    ? Map.of()
                    : enrolmentsAfter
                            .apply(serviceId, null)
                            .collect(Collectors.toMap(Enrolment::holder, Enrolment::eventCount));
            return of(serviceId).register(consumer, received);
        }
    }

    @Override
    public boolean rename(ServiceId serviceId, ConsumerName from, ConsumerName to) {
        synchronized (lock) {
            return of(serviceId).rename(from, to);
        }
    }

    @Override
    public void retire(ServiceId serviceId, ConsumerName consumer) {
        synchronized (lock) {
            of(serviceId).retire(consumer);
        }
    }

    @Override
    public List<ConsumerName> consumers(ServiceId serviceId) {
        synchronized (lock) {
            return of(serviceId).consumers();
        }
    }

    @Override
    public Optional<ConsumerState> state(ServiceId serviceId, ConsumerName consumer) {
        synchronized (lock) {
            return of(serviceId).state(consumer);
        }
    }

    @Override
    public List<Holder> due(
            ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit) {
        synchronized (lock) {
            return enrolmentsAfter
                    .apply(serviceId, after)
                    .filter(enrolment -> of(serviceId).isDue(consumer, enrolment.holder(), enrolment.eventCount(), now))
                    .map(Enrolment::holder)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<Holder> retries(ServiceId serviceId, ConsumerName consumer, Instant now, int limit) {
        synchronized (lock) {
            return of(serviceId).retries(consumer, now, limit);
        }
    }

    @Override
    public Optional<FeedPlace> lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        synchronized (lock) {
            return of(serviceId).lease(consumer, holder, worker, now, until);
        }
    }

    @Override
    public boolean advance(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        synchronized (lock) {
            return of(serviceId).advance(consumer, holder, worker, number, done);
        }
    }

    @Override
    public Optional<AfterFailure> fail(
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            long number,
            DeliveryError error,
            Instant now,
            Function<FailureCount, AfterFailure> decision) {
        synchronized (lock) {
            return of(serviceId).fail(consumer, holder, worker, number, error, now, decision);
        }
    }

    @Override
    public void recovered(ServiceId serviceId, ConsumerName consumer) {
        synchronized (lock) {
            of(serviceId).recovered(consumer);
        }
    }

    @Override
    public List<ParkedStream> parked(
            ServiceId serviceId, ConsumerName consumer, @Nullable ParkedStream after, int limit) {
        synchronized (lock) {
            return of(serviceId).parked(consumer, after, limit);
        }
    }

    @Override
    public boolean decide(
            ServiceId serviceId, ConsumerName consumer, Holder holder, Instant since, FeedDecision decision) {
        synchronized (lock) {
            return of(serviceId).decide(consumer, holder, since, decision);
        }
    }

    @Override
    public List<FeedDecision> decisions(ServiceId serviceId, ConsumerName consumer, Holder holder, int limit) {
        synchronized (lock) {
            return of(serviceId).decisions(consumer, holder, limit);
        }
    }

    @Override
    public List<FeedPosition> positions(ServiceId serviceId, Holder holder) {
        synchronized (lock) {
            return of(serviceId).positions(holder);
        }
    }
}
