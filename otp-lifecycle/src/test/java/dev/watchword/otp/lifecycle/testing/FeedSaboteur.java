package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The event feed of a {@link Saboteur}. */
final class FeedSaboteur implements FeedStore {
    private final SaboteurTables tables;
    private final Map<ServiceId, InMemoryFeed> feeds = new HashMap<>();

    FeedSaboteur(SaboteurTables tables) {
        this.tables = tables;
    }

    @Override
    public void register(ServiceId serviceId, ConsumerName consumer) {
        synchronized (tables.lock) {
            feed(serviceId).register(named(consumer));
            if (tables.has(Flaw.FORGETS_LATE_CONSUMERS)) {
                for (Enrolment enrolment : tables.all(serviceId)) {
                    feed(serviceId).lease(consumer, enrolment.holder(), new UUID(0, 0), Instant.MIN, Instant.MIN);
                    feed(serviceId).advance(consumer, enrolment.holder(), new UUID(0, 0), enrolment.eventCount(), true);
                }
            }
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
    public OptionalLong lease(
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
                feed(serviceId).lease(named(consumer), holder, worker, Instant.MAX, Instant.MAX);
            }
            return feed(serviceId).advance(named(consumer), holder, worker, number, done);
        }
    }

    boolean isConsumed(ServiceId serviceId, Holder holder, long number) {
        return feed(serviceId).isConsumed(holder, number);
    }

    private ConsumerName named(ConsumerName consumer) {
        return tables.has(Flaw.MIXES_CONSUMERS) ? new ConsumerName("all") : consumer;
    }

    private InMemoryFeed feed(ServiceId serviceId) {
        return feeds.computeIfAbsent(serviceId, id -> new InMemoryFeed());
    }
}
