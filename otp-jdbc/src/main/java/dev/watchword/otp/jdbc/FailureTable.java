package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedPosition;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The failures of consumers in {@code otp_feed} and {@code otp_consumer}, and the operators' decisions in
 * {@code otp_feed_decision}. Each change locks the enrolment first, then the position, then the consumer.
 */
final class FailureTable {
    private static final String COUNTS = """
            SELECT event_number, attempts, failed_streak FROM otp_feed
            WHERE service_id = ? AND consumer = ? AND holder = ? AND worker = ? AND event_number <= ? FOR UPDATE""";

    private static final String FAIL = """
            UPDATE otp_feed SET event_number = ?, attempts = ?, failed_streak = ?, retry_at = ?, parked_at = ?,
                error_type = ?, error_message = ?, worker = NULL, leased_until = NULL
            WHERE service_id = ? AND consumer = ? AND holder = ?
            """;

    private static final String PARKED = """
            SELECT holder, event_number, attempts, parked_at, error_type, error_message FROM otp_feed
            WHERE service_id = ? AND consumer = ? AND parked_at >= ? AND (parked_at > ? OR holder > ?)
            ORDER BY service_id, consumer, parked_at, holder
            LIMIT ?
            """;

    private static final String IS_PARKED = """
            SELECT 1 FROM otp_feed
            WHERE service_id = ? AND consumer = ? AND holder = ? AND parked_at = ? AND event_number = ? FOR UPDATE""";

    private static final String UNPARK = """
            UPDATE otp_feed SET event_number = ?, attempts = 0, parked_at = NULL, error_type = NULL, error_message = NULL
            WHERE service_id = ? AND consumer = ? AND holder = ?
            """;

    private static final String LAST_DECISION = """
            SELECT COALESCE(MAX(decision_number), 0) FROM otp_feed_decision
            WHERE service_id = ? AND holder = ? AND consumer = ?
            """;

    private static final String INSERT_DECISION = """
            INSERT INTO otp_feed_decision (service_id, holder, consumer, decision_number, event_number, kind, decided_at,
                operator, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String DECISIONS = """
            SELECT kind, event_number, decided_at, operator, reason FROM otp_feed_decision
            WHERE service_id = ? AND holder = ? AND consumer = ?
            ORDER BY service_id, holder, consumer, decision_number
            LIMIT ?
            """;

    private static final String POSITIONS = """
            SELECT c.consumer, COALESCE(f.event_number, 0) AS event_number, f.error_type, f.error_message
            FROM otp_consumer c
            LEFT JOIN otp_feed f ON f.service_id = c.service_id AND f.consumer = c.consumer AND f.holder = ?
            WHERE c.service_id = ?
            ORDER BY c.consumer
            """;

    private static final String ERASE_MESSAGE =
            "UPDATE otp_feed SET error_message = NULL WHERE service_id = ? AND consumer = ? AND holder = ?";

    private static final String ERASE_REASONS =
            "UPDATE otp_feed_decision SET reason = NULL WHERE service_id = ? AND holder = ?";

    private FailureTable() {}

    /**
     * The counted attempts at the next event, and the streak of the last failure ({@code null} if there was no
     * failure).
     */
    private record Counts(int attempts, @Nullable Long failedStreak) {
        boolean isOf(long streak) {
            return failedStreak != null && failedStreak == streak;
        }
    }

    static Optional<AfterFailure> fail(
            Session session,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            long number,
            DeliveryError error,
            Instant now,
            Function<FailureCount, AfterFailure> decision)
            throws SQLException {
        FeedTable.lock(session, serviceId, holder);
        Counts counts =
                counts(session, serviceId, consumer, holder, worker, number).orElse(null);
        ConsumerRow row = counts == null
                ? null
                : ConsumerRow.lock(session, serviceId, consumer).orElse(null);
        if (counts == null || row == null) {
            return Optional.empty();
        }
        ConsumerRow failing = row.withFailing(row.failing() + (counts.isOf(row.streak()) ? 0 : 1));
        AfterFailure after =
                decision.apply(FailureCount.of(counts.attempts(), failing.failing(), row.pauses(), row.pausedUntil()));
        write(session, serviceId, consumer, holder, number, counts, row.streak(), after, error, now);
        ConsumerRow next =
                after instanceof AfterFailure.Pause pause ? failing.nextStreak(pause.pauses(), pause.until()) : failing;
        next.writeFailures(session, serviceId, consumer);
        boolean unused = FeedTable.note(session, serviceId, holder);
        return Optional.of(after);
    }

    private static Optional<Counts> counts(
            Session session, ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number)
            throws SQLException {
        return session.first(
                COUNTS,
                parameters -> FeedTable.key(parameters, serviceId, consumer)
                        .text(holder.value())
                        .text(worker.toString())
                        .number(number),
                row -> {
                    Columns columns = new Columns(row);
                    boolean moved = columns.number("event_number") < number;
                    return new Counts(
                            moved ? 0 : (int) columns.number("attempts"), columns.numberOrNull("failed_streak"));
                });
    }

    private static void write(
            Session session,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            long number,
            Counts counts,
            long streak,
            AfterFailure after,
            DeliveryError error,
            Instant now)
            throws SQLException {
        int attempts = counts.attempts();
        Instant retryAt = null;
        boolean parked = false;
        if (after instanceof AfterFailure.BackOff delay) {
            attempts = delay.attempts();
            retryAt = delay.until();
        } else if (after instanceof AfterFailure.Park park) {
            attempts = park.attempts();
            parked = true;
        } else if (after instanceof AfterFailure.Pause pause) {
            retryAt = pause.until();
        }
        Parking parking = new Parking(attempts, retryAt, parked);
        session.update(
                FAIL,
                parameters -> FeedTable.key(
                                parameters
                                        .number(number)
                                        .number(parking.attempts)
                                        .number(streak)
                                        .instant(parking.retryAt)
                                        .instant(parking.parked ? now : null)
                                        .text(parking.parked ? error.type() : null)
                                        .text(parking.parked ? error.message() : null),
                                serviceId,
                                consumer)
                        .text(holder.value()));
    }

    /** The new columns of a position after a failure. */
    private record Parking(int attempts, @Nullable Instant retryAt, boolean parked) {}

    static List<ParkedStream> parked(
            Session session, ServiceId serviceId, ConsumerName consumer, @Nullable ParkedStream after, int limit)
            throws SQLException {
        Instant since = after == null ? Micros.FIRST : after.since();
        return session.all(
                PARKED,
                parameters -> FeedTable.key(parameters, serviceId, consumer)
                        .instant(since)
                        .instant(since)
                        .text(after == null ? "" : after.holder().value())
                        .number(limit),
                FailureTable::parked);
    }

    private static ParkedStream parked(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return ParkedStream.of(
                columns.value("holder", Holder::new),
                columns.number("event_number") + 1,
                (int) columns.number("attempts"),
                columns.instant("parked_at"),
                columns.required("error_type", errorOrNull(columns)));
    }

    private static @Nullable DeliveryError errorOrNull(Columns columns) throws SQLException {
        String type = columns.textOrNull("error_type");
        return type == null ? null : new DeliveryError(type, columns.textOrNull("error_message"));
    }

    static boolean decide(
            Session session,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            Instant since,
            FeedDecision decision)
            throws SQLException {
        FeedTable.lock(session, serviceId, holder);
        boolean isParked = session.exists(
                IS_PARKED,
                parameters -> FeedTable.key(parameters, serviceId, consumer)
                        .text(holder.value())
                        .instant(since)
                        .number(decision.number() - 1));
        if (!isParked) {
            return false;
        }
        long position = decision.number() - (decision.kind() == FeedDecision.Kind.SKIP ? 0 : 1);
        session.update(
                UNPARK,
                parameters -> FeedTable.key(parameters.number(position), serviceId, consumer)
                        .text(holder.value()));
        long last = session.only(
                LAST_DECISION,
                parameters -> parameters.key(serviceId, holder).text(consumer.value()),
                row -> row.getLong(1));
        boolean inserted = session.inserts(
                INSERT_DECISION,
                parameters -> parameters
                        .key(serviceId, holder)
                        .text(consumer.value())
                        .number(last + 1)
                        .number(decision.number())
                        .text(decision.kind())
                        .instant(decision.at())
                        .text(decision.operator())
                        .text(decision.reason()));
        if (!inserted) {
            throw SqlStates.lostRace("Another transaction recorded a decision about the events first");
        }
        return FeedTable.note(session, serviceId, holder);
    }

    static List<FeedDecision> decisions(
            Session session, ServiceId serviceId, ConsumerName consumer, Holder holder, int limit) throws SQLException {
        return session.all(
                DECISIONS,
                parameters ->
                        parameters.key(serviceId, holder).text(consumer.value()).number(limit),
                row -> {
                    Columns columns = new Columns(row);
                    return FeedDecision.of(
                            columns.value("kind", FeedDecision.Kind::valueOf),
                            columns.number("event_number"),
                            columns.instant("decided_at"),
                            columns.value("operator", Operator::new),
                            columns.textOrNull("reason"));
                });
    }

    static List<FeedPosition> positions(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        return session.all(
                POSITIONS, parameters -> parameters.text(holder.value()).text(serviceId.value()), row -> {
                    Columns columns = new Columns(row);
                    return FeedPosition.of(
                            columns.value("consumer", ConsumerName::new),
                            columns.number("event_number"),
                            errorOrNull(columns));
                });
    }

    /** Deletes the texts of a holder's errors and of the decisions about the holder's events. */
    static void erase(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        for (FeedPosition position : positions(session, serviceId, holder)) {
            if (position.parked() != null) {
                session.update(
                        ERASE_MESSAGE,
                        parameters -> FeedTable.key(parameters, serviceId, position.consumer())
                                .text(holder.value()));
            }
        }
        session.update(ERASE_REASONS, parameters -> parameters.key(serviceId, holder));
    }
}
