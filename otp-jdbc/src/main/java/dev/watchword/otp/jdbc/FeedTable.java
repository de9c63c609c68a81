package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The position of each consumer in each holder's history, in {@code otp_feed}. A position is the number of the last
 * handled event.
 *
 * <p>The position of the slowest consumer is also stored in {@code otp_enrolment.fed_count}. The generated column
 * {@code unfed} compares it with the number of events. An index over that column finds the holders with events that
 * some consumer has not handled. A consumer whose next event is backing off or parked is not counted, so the index leaves out
 * holders for which only such consumers are behind. Each change between waiting and due records the position again.
 */
final class FeedTable {
    private static final String DUE = """
            SELECT e.holder
            FROM otp_enrolment e
            WHERE e.service_id = ? AND e.unfed = TRUE AND e.holder > ?
                AND EXISTS (
                    SELECT 1 FROM otp_consumer c
                    WHERE c.service_id = e.service_id AND c.consumer = ? AND c.started = TRUE)
                AND NOT EXISTS (
                    SELECT 1 FROM otp_feed f
                    WHERE f.service_id = e.service_id AND f.consumer = ? AND f.holder = e.holder
                        AND (f.event_number >= e.event_count OR f.leased_until > ?
                            OR f.retry_at IS NOT NULL OR f.parked_at IS NOT NULL))
            ORDER BY e.service_id, e.unfed, e.holder
            LIMIT ?
            """;

    /** Without the lower bound, H2 would also read the rows without a delay, which come first in its index. */
    private static final String RETRIES = """
            SELECT f.holder FROM otp_feed f
            WHERE f.service_id = ? AND f.consumer = ? AND f.retry_at >= 0 AND f.retry_at <= ?
                AND EXISTS (
                    SELECT 1 FROM otp_consumer c
                    WHERE c.service_id = f.service_id AND c.consumer = f.consumer AND c.started = TRUE)
            ORDER BY f.service_id, f.consumer, f.retry_at, f.holder
            LIMIT ?
            """;

    private static final String INSERT_PLACE = """
            INSERT INTO otp_feed (worker, leased_until, service_id, consumer, holder, event_number)
            VALUES (?, ?, ?, ?, ?, 0)
            """;

    private static final String LEASE = """
            UPDATE otp_feed SET worker = ?, leased_until = ?, retry_at = NULL
            WHERE service_id = ? AND consumer = ? AND holder = ? AND parked_at IS NULL
                AND (retry_at IS NULL OR retry_at <= ?)
                AND (leased_until IS NULL OR leased_until <= ? OR worker = ?)
            """;

    private static final String PLACE =
            "SELECT event_number, retry_at FROM otp_feed WHERE service_id = ? AND consumer = ? AND holder = ?";

    private static final String LOCK_ENROLMENT =
            "SELECT event_count FROM otp_enrolment WHERE service_id = ? AND holder = ? FOR UPDATE";

    /** MariaDB assigns from left to right. The attempts come first, because they are compared with the old position. */
    private static final String ADVANCE = """
            UPDATE otp_feed SET attempts = CASE WHEN event_number < ? THEN 0 ELSE attempts END, event_number = ?
            WHERE service_id = ? AND consumer = ? AND holder = ? AND worker = ? AND event_number <= ?
            """;

    private static final String END_LEASE = """
            UPDATE otp_feed SET worker = NULL, leased_until = NULL WHERE service_id = ? AND consumer = ? AND holder = ?
            """;

    private static final String SLOWEST = """
            SELECT MIN(COALESCE(f.event_number, 0))
            FROM otp_consumer c
            LEFT JOIN otp_feed f ON f.service_id = c.service_id AND f.consumer = c.consumer AND f.holder = ?
            WHERE c.service_id = ?
            """;

    private static final String SLOWEST_NOT_WAITING = SLOWEST + " AND f.retry_at IS NULL AND f.parked_at IS NULL";

    private static final String FED = "UPDATE otp_enrolment SET fed_count = ? WHERE service_id = ? AND holder = ?";

    private FeedTable() {}

    static List<Holder> due(
            Session session, ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit)
            throws SQLException {
        return session.all(
                DUE,
                parameters -> parameters
                        .text(serviceId.value())
                        .text(after == null ? "" : after.value())
                        .text(consumer.value())
                        .text(consumer.value())
                        .instant(now)
                        .number(limit),
                row -> new Holder(row.getString(1)));
    }

    static List<Holder> retries(Session session, ServiceId serviceId, ConsumerName consumer, Instant now, int limit)
            throws SQLException {
        return session.all(
                RETRIES,
                parameters -> key(parameters, serviceId, consumer).instant(now).number(limit),
                row -> new Holder(row.getString(1)));
    }

    /** A stored position, and whether it has a delay, which may be over, that no lease has ended. */
    private record Place(long number, boolean delayed) {}

    /**
     * Leases a holder's events. The method begins with a read, so that a node of a MariaDB cluster first waits for the changes that
     * other nodes acknowledged.
     */
    static Optional<FeedPlace> lease(
            Session session,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            Instant now,
            Instant until)
            throws SQLException {
        ConsumerRow row = ConsumerRow.find(session, serviceId, consumer).orElse(null);
        if (row == null || !row.started()) {
            return Optional.empty();
        }
        Place before = place(session, serviceId, consumer, holder).orElse(null);
        Session.Binder lease =
                parameters -> key(parameters.text(worker.toString()).instant(until), serviceId, consumer)
                        .text(holder.value());
        if (before == null) {
            if (!session.inserts(INSERT_PLACE, lease)) {
                throw SqlStates.lostRace("Another worker of consumer " + consumer + " leased the holder first");
            }
            return Optional.of(FeedPlace.of(0, row.isFailing()));
        }
        if (before.delayed()) {
            lock(session, serviceId, holder);
        }
        int leased = session.update(LEASE, parameters -> {
            lease.bind(parameters);
            parameters.instant(now).instant(now).text(worker.toString());
        });
        if (leased != 1) {
            return Optional.empty();
        }
        if (before.delayed()) {
            note(session, serviceId, holder);
        }
        return place(session, serviceId, consumer, holder).map(place -> FeedPlace.of(place.number(), row.isFailing()));
    }

    private static Optional<Place> place(Session session, ServiceId serviceId, ConsumerName consumer, Holder holder)
            throws SQLException {
        return session.first(
                PLACE,
                parameters -> key(parameters, serviceId, consumer).text(holder.value()),
                row -> new Place(row.getLong(1), row.getString(2) != null));
    }

    /**
     * Records the position of a consumer and returns whether it did. The method locks the enrolment's row first. If two
     * consumers advance at the same time, the second one therefore sees the position of the first.
     */
    static boolean advance(
            Session session,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            long number,
            boolean done)
            throws SQLException {
        lock(session, serviceId, holder);
        int advanced = session.update(
                ADVANCE,
                parameters -> key(parameters.number(number).number(number), serviceId, consumer)
                        .text(holder.value())
                        .text(worker.toString())
                        .number(number));
        if (advanced != 1) {
            return false;
        }
        if (done) {
            session.update(
                    END_LEASE,
                    parameters -> key(parameters, serviceId, consumer).text(holder.value()));
        }
        return note(session, serviceId, holder);
    }

    static void lock(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        session.exists(LOCK_ENROLMENT, parameters -> parameters.key(serviceId, holder));
    }

    /**
     * Records the position of the slowest consumer whose next event is neither backing off nor parked, or the greatest number if
     * there is no such consumer. The caller MUST have locked the enrolment, so that the query sees the positions of every
     * committed transaction.
     */
    static boolean note(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        long slowest = slowest(session, SLOWEST_NOT_WAITING, serviceId, holder).orElse(Long.MAX_VALUE);
        return session.update(FED, parameters -> parameters.number(slowest).key(serviceId, holder)) == 1;
    }

    /** Returns whether every consumer has handled a holder's events up to and including a number. */
    static boolean isConsumed(Session session, ServiceId serviceId, Holder holder, long number) throws SQLException {
        return slowest(session, SLOWEST, serviceId, holder).orElse(number) >= number;
    }

    /** Returns the slowest consumer's position for a holder, or empty if there is no such consumer. */
    private static OptionalLong slowest(Session session, String sql, ServiceId serviceId, Holder holder)
            throws SQLException {
        return session.first(sql, parameters -> parameters.text(holder.value()).text(serviceId.value()), row -> {
                    long slowest = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(slowest);
                })
                .orElse(OptionalLong.empty());
    }

    static Parameters key(Parameters parameters, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        return parameters.text(serviceId.value()).text(consumer.value());
    }
}
