package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The feed part of a {@link JdbcTokenStore}. Thread-safe. */
final class JdbcFeed implements FeedStore {
    private final Sessions sessions;

    JdbcFeed(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean register(ServiceId serviceId, ConsumerName consumer, FeedStart start) {
        return new Consumers(sessions, serviceId, consumer).register(start);
    }

    @Override
    public boolean rename(ServiceId serviceId, ConsumerName from, ConsumerName to) {
        return new Consumers(sessions, serviceId, from).rename(to);
    }

    @Override
    public void retire(ServiceId serviceId, ConsumerName consumer) {
        new Consumers(sessions, serviceId, consumer).retire();
    }

    @Override
    public List<ConsumerName> consumers(ServiceId serviceId) {
        return sessions.read("The consumers", session -> ConsumerRow.started(session, serviceId));
    }

    @Override
    public Optional<ConsumerState> state(ServiceId serviceId, ConsumerName consumer) {
        return sessions.read("A consumer", session -> ConsumerRow.find(session, serviceId, consumer))
                .filter(ConsumerRow::started)
                .map(row -> ConsumerState.of(row.pausedUntil()));
    }

    @Override
    public List<Holder> due(
            ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit) {
        return sessions.read(
                "The list of due holders", session -> FeedTable.due(session, serviceId, consumer, now, after, limit));
    }

    @Override
    public List<Holder> retries(ServiceId serviceId, ConsumerName consumer, Instant now, int limit) {
        return sessions.read(
                "The list of retries", session -> FeedTable.retries(session, serviceId, consumer, now, limit));
    }

    @Override
    public Optional<FeedPlace> lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        return sessions.write(
                "a lease", session -> FeedTable.lease(session, serviceId, consumer, holder, worker, now, until));
    }

    @Override
    public boolean advance(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        return sessions.write(
                "a consumer's position",
                session -> FeedTable.advance(session, serviceId, consumer, holder, worker, number, done));
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
        return sessions.write(
                "a consumer's position",
                session ->
                        FailureTable.fail(session, serviceId, consumer, holder, worker, number, error, now, decision));
    }

    @Override
    public void recovered(ServiceId serviceId, ConsumerName consumer) {
        new Consumers(sessions, serviceId, consumer).recovered();
    }

    @Override
    public List<ParkedStream> parked(
            ServiceId serviceId, ConsumerName consumer, @Nullable ParkedStream after, int limit) {
        return sessions.read("A list", session -> FailureTable.parked(session, serviceId, consumer, after, limit));
    }

    @Override
    public boolean decide(
            ServiceId serviceId, ConsumerName consumer, Holder holder, Instant since, FeedDecision decision) {
        return sessions.write(
                "a parked stream",
                session -> FailureTable.decide(session, serviceId, consumer, holder, since, decision));
    }

    @Override
    public List<FeedDecision> decisions(ServiceId serviceId, ConsumerName consumer, Holder holder, int limit) {
        return sessions.read(
                "The decisions", session -> FailureTable.decisions(session, serviceId, consumer, holder, limit));
    }

    @Override
    public List<FeedPosition> positions(ServiceId serviceId, Holder holder) {
        return sessions.read("The positions", session -> FailureTable.positions(session, serviceId, holder));
    }
}
