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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The event feed of a {@link Saboteur}. */
final class FeedSaboteur implements FeedStore {
    private final SaboteurTables tables;
    private final Map<ServiceId, InMemoryFeed> feeds = new HashMap<>();

    FeedSaboteur(SaboteurTables tables) {
        this.tables = tables;
    }

    @Override
    public boolean register(ServiceId serviceId, ConsumerName consumer, FeedStart start) {
        synchronized (tables.lock) {
            boolean skips = tables.has(Flaw.FORGETS_LATE_CONSUMERS)
                    || (start == FeedStart.NOW && !tables.has(Flaw.STARTS_EVERY_CONSUMER_AT_THE_FIRST_EVENT));
            Map<Holder, Long> received = skips
                    ? tables.all(serviceId).stream().collect(Collectors.toMap(Enrolment::holder, Enrolment::eventCount))
                    : Map.of();
            boolean created = feed(serviceId).register(named(consumer), received);
            return created || tables.has(Flaw.CREATES_CONSUMERS_TWICE);
        }
    }

    @Override
    public boolean rename(ServiceId serviceId, ConsumerName from, ConsumerName to) {
        synchronized (tables.lock) {
            if (tables.has(Flaw.RENAMES_CONSUMERS_TO_THE_FIRST_EVENT)
                    && feed(serviceId).state(from).isPresent()) {
                feed(serviceId).retire(from);
                return feed(serviceId).register(to, Map.of());
            }
            return feed(serviceId).rename(named(from), named(to));
        }
    }

    @Override
    public void retire(ServiceId serviceId, ConsumerName consumer) {
        synchronized (tables.lock) {
            if (!tables.has(Flaw.KEEPS_RETIRED_CONSUMERS)) {
                feed(serviceId).retire(named(consumer));
            }
        }
    }

    @Override
    public List<ConsumerName> consumers(ServiceId serviceId) {
        synchronized (tables.lock) {
            return tables.has(Flaw.LISTS_NO_CONSUMER)
                    ? List.of()
                    : feed(serviceId).consumers();
        }
    }

    @Override
    public Optional<ConsumerState> state(ServiceId serviceId, ConsumerName consumer) {
        synchronized (tables.lock) {
            return feed(serviceId)
                    .state(named(consumer))
                    .map(state -> tables.has(Flaw.FORGETS_PAUSES) ? ConsumerState.of(null) : state);
        }
    }

    @Override
    public List<Holder> due(
            ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit) {
        synchronized (tables.lock) {
            return tables
                    .page(serviceId, tables.has(Flaw.LISTS_DUE_HOLDERS_FROM_THE_START) ? null : after, 1000)
                    .stream()
                    .filter(enrolment -> feed(serviceId)
                            .isDue(
                                    named(consumer),
                                    enrolment.holder(),
                                    tables.has(Flaw.SKIPS_LATER_EVENTS) ? 1 : enrolment.eventCount(),
                                    now))
                    .map(Enrolment::holder)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<Holder> retries(ServiceId serviceId, ConsumerName consumer, Instant now, int limit) {
        synchronized (tables.lock) {
            return feed(serviceId).retries(named(consumer), now, limit);
        }
    }

    @Override
    public Optional<FeedPlace> lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        synchronized (tables.lock) {
            Instant from = tables.has(Flaw.LEASES_TO_EVERYBODY) ? Instant.MAX : now;
            Instant to = tables.has(Flaw.LEASES_FOR_EVER) ? Instant.MAX : until;
            return feed(serviceId).lease(named(consumer), holder, worker, from, to);
        }
    }

    @Override
    public boolean advance(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        synchronized (tables.lock) {
            if (tables.has(Flaw.ADVANCES_WITHOUT_A_LEASE)) {
                takeTheLease(serviceId, consumer, holder, worker);
            }
            return feed(serviceId).advance(named(consumer), holder, worker, number, done);
        }
    }

    private void takeTheLease(ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker) {
        feed(serviceId).lease(named(consumer), holder, worker, Instant.MAX, Instant.MAX);
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
        synchronized (tables.lock) {
            if (tables.has(Flaw.FAILS_WITHOUT_A_LEASE)) {
                takeTheLease(serviceId, consumer, holder, worker);
            }
            return feed(serviceId)
                    .fail(
                            named(consumer),
                            holder,
                            worker,
                            number,
                            error,
                            now,
                            count -> kept(decision.apply(seen(count))));
        }
    }

    private FailureCount seen(FailureCount count) {
        return FailureCount.of(
                tables.has(Flaw.FORGETS_ATTEMPTS) ? 0 : count.attempts(),
                tables.has(Flaw.COUNTS_ONE_FAILING_HOLDER) ? 1 : count.holders(),
                count.pauses(),
                count.pausedUntil());
    }

    private AfterFailure kept(AfterFailure after) {
        if (after instanceof AfterFailure.BackOff delay && tables.has(Flaw.FORGETS_DELAYS)) {
            return new AfterFailure.BackOff(delay.attempts(), Instant.MIN);
        }
        return after instanceof AfterFailure.Park park && tables.has(Flaw.PARKS_FOR_A_MOMENT)
                ? new AfterFailure.BackOff(park.attempts(), Instant.MIN)
                : after;
    }

    @Override
    public void recovered(ServiceId serviceId, ConsumerName consumer) {
        synchronized (tables.lock) {
            if (!tables.has(Flaw.NEVER_RECOVERS)) {
                feed(serviceId).recovered(named(consumer));
            }
        }
    }

    @Override
    public List<ParkedStream> parked(
            ServiceId serviceId, ConsumerName consumer, @Nullable ParkedStream after, int limit) {
        synchronized (tables.lock) {
            return feed(serviceId).parked(named(consumer), after, limit);
        }
    }

    @Override
    public boolean decide(
            ServiceId serviceId, ConsumerName consumer, Holder holder, Instant since, FeedDecision decision) {
        synchronized (tables.lock) {
            return feed(serviceId)
                            .decide(named(consumer), holder, parkedSince(serviceId, consumer, holder, since), decision)
                    || tables.has(Flaw.RECORDS_DECISIONS_ABOUT_NOTHING);
        }
    }

    private Instant parkedSince(ServiceId serviceId, ConsumerName consumer, Holder holder, Instant since) {
        return tables.has(Flaw.RECORDS_DECISIONS_ABOUT_AN_EARLIER_PARKING)
                ? parked(serviceId, consumer, null, 100).stream()
                        .filter(parked -> parked.holder().equals(holder))
                        .findFirst()
                        .map(ParkedStream::since)
                        .orElse(since)
                : since;
    }

    @Override
    public List<FeedDecision> decisions(ServiceId serviceId, ConsumerName consumer, Holder holder, int limit) {
        synchronized (tables.lock) {
            return tables.has(Flaw.FORGETS_DECISIONS)
                    ? List.of()
                    : feed(serviceId).decisions(named(consumer), holder, limit);
        }
    }

    @Override
    public List<FeedPosition> positions(ServiceId serviceId, Holder holder) {
        synchronized (tables.lock) {
            return feed(serviceId).positions(holder).stream()
                    .map(position -> tables.has(Flaw.HIDES_PARKING)
                            ? FeedPosition.of(position.consumer(), position.number(), null)
                            : position)
                    .toList();
        }
    }

    boolean isConsumed(ServiceId serviceId, Holder holder, long number) {
        return feed(serviceId).isConsumed(holder, number);
    }

    /** Erases the texts about a holder. */
    void erase(ServiceId serviceId, Holder holder) {
        synchronized (tables.lock) {
            if (!tables.has(Flaw.KEEPS_ERASED_TEXTS_OF_THE_FEED)) {
                feed(serviceId).erase(holder);
            }
        }
    }

    private ConsumerName named(ConsumerName consumer) {
        return tables.has(Flaw.MIXES_CONSUMERS) ? new ConsumerName("all") : consumer;
    }

    private InMemoryFeed feed(ServiceId serviceId) {
        return feeds.computeIfAbsent(serviceId, id -> new InMemoryFeed());
    }
}
