package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ServiceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of {@code otp_consumer}, and how far each came in {@code otp_feed}. How far all of them came stands in
 * {@code otp_enrolment.fed_count}, so that an index finds the holders with whom somebody is behind.
 */
final class FeedTable {
    private static final String INSERT_CONSUMER = "INSERT INTO otp_consumer (service_id, consumer) VALUES (?, ?)";

    private static final String IS_CONSUMER = "SELECT 1 FROM otp_consumer WHERE service_id = ? AND consumer = ?";

    private static final String DELETE_CONSUMER = "DELETE FROM otp_consumer WHERE service_id = ? AND consumer = ?";

    private static final String DELETE_PLACES = "DELETE FROM otp_feed WHERE service_id = ? AND consumer = ?";

    private static final String NOBODY_HAS_ALL =
            "UPDATE otp_enrolment SET fed_count = 0 WHERE service_id = ? AND fed_count > 0";

    private static final String DUE = """
            SELECT e.holder
            FROM otp_enrolment e
            WHERE e.service_id = ? AND e.unfed = TRUE AND e.holder > ?
                AND EXISTS (SELECT 1 FROM otp_consumer c WHERE c.service_id = ? AND c.consumer = ?)
                AND NOT EXISTS (
                    SELECT 1 FROM otp_feed f
                    WHERE f.service_id = e.service_id AND f.consumer = ? AND f.holder = e.holder
                        AND (f.event_number >= e.event_count OR f.leased_until > ?))
            ORDER BY e.service_id, e.unfed, e.holder
            LIMIT ?
            """;

    private static final String INSERT_PLACE = """
            INSERT INTO otp_feed (worker, leased_until, service_id, consumer, holder, event_number)
            VALUES (?, ?, ?, ?, ?, 0)
            """;

    private static final String LEASE = """
            UPDATE otp_feed SET worker = ?, leased_until = ?
            WHERE service_id = ? AND consumer = ? AND holder = ?
                AND (leased_until IS NULL OR leased_until <= ? OR worker = ?)
            """;

    private static final String PLACE =
            "SELECT event_number FROM otp_feed WHERE service_id = ? AND consumer = ? AND holder = ?";

    private static final String LOCK_ENROLMENT =
            "SELECT event_count FROM otp_enrolment WHERE service_id = ? AND holder = ? FOR UPDATE";

    private static final String ADVANCE = """
            UPDATE otp_feed SET event_number = ?
            WHERE service_id = ? AND consumer = ? AND holder = ? AND worker = ? AND event_number <= ?
            """;

    private static final String END_LEASE = """
            UPDATE otp_feed SET worker = NULL, leased_until = NULL WHERE service_id = ? AND consumer = ? AND holder = ?
            """;

    /** How far the slowest consumer is with a holder. */
    private static final String SLOWEST = """
            SELECT MIN(COALESCE(f.event_number, 0))
            FROM otp_consumer c
            LEFT JOIN otp_feed f ON f.service_id = c.service_id AND f.consumer = c.consumer AND f.holder = ?
            WHERE c.service_id = ?
            """;

    private static final String FED = "UPDATE otp_enrolment SET fed_count = ? WHERE service_id = ? AND holder = ?";

    private FeedTable() {}

    static int register(Connection connection, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_CONSUMER)) {
            key(statement, serviceId, consumer);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return 0;
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_CONSUMER)) {
            key(statement, serviceId, consumer);
            if (!SqlStates.inserts(statement)) {
                throw SqlStates.lostRace("Consumer " + consumer + " was registered by another at the same moment");
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(NOBODY_HAS_ALL)) {
            Parameters.of(statement).text(serviceId.value());
            return statement.executeUpdate();
        }
    }

    static int retire(Connection connection, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        int deleted = 0;
        for (String sql : List.of(DELETE_PLACES, DELETE_CONSUMER)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                key(statement, serviceId, consumer);
                deleted += statement.executeUpdate();
            }
        }
        return deleted;
    }

    static List<Holder> due(
            Connection connection,
            ServiceId serviceId,
            ConsumerName consumer,
            Instant now,
            @Nullable Holder after,
            int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Parameters.of(statement)
                    .text(serviceId.value())
                    .text(after == null ? "" : after.reference())
                    .text(serviceId.value())
                    .text(consumer.value())
                    .text(consumer.value())
                    .instant(now)
                    .number(limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<Holder> due = new ArrayList<>();
                while (rows.next()) {
                    due.add(new Holder(rows.getString(1)));
                }
                return List.copyOf(due);
            }
        }
    }

    static OptionalLong lease(
            Connection connection,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            Instant now,
            Instant until)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEASE)) {
            Parameters.of(statement)
                    .text(worker.toString())
                    .instant(until)
                    .text(serviceId.value())
                    .text(consumer.value())
                    .text(holder.reference())
                    .instant(now)
                    .text(worker.toString());
            if (statement.executeUpdate() == 1) {
                return place(connection, serviceId, consumer, holder);
            }
        }
        if (place(connection, serviceId, consumer, holder).isPresent()
                || !isConsumer(connection, serviceId, consumer)) {
            return OptionalLong.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_PLACE)) {
            Parameters.of(statement)
                    .text(worker.toString())
                    .instant(until)
                    .text(serviceId.value())
                    .text(consumer.value())
                    .text(holder.reference());
            if (!SqlStates.inserts(statement)) {
                throw SqlStates.lostRace("A worker of " + consumer + " was faster");
            }
            return OptionalLong.of(0);
        }
    }

    private static boolean isConsumer(Connection connection, ServiceId serviceId, ConsumerName consumer)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_CONSUMER)) {
            key(statement, serviceId, consumer);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static OptionalLong place(Connection connection, ServiceId serviceId, ConsumerName consumer, Holder holder)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLACE)) {
            key(statement, serviceId, consumer).text(holder.reference());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** The enrolment is locked first, so that of two consumers the later one sees how far the other came. */
    static boolean advance(
            Connection connection,
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            long number,
            boolean done)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_ENROLMENT)) {
            Parameters.of(statement).key(serviceId, holder);
            statement.executeQuery().close();
        }
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            key(Parameters.of(statement).number(number), serviceId, consumer)
                    .text(holder.reference())
                    .text(worker.toString())
                    .number(number);
            if (statement.executeUpdate() != 1) {
                return false;
            }
        }
        if (done) {
            try (PreparedStatement statement = connection.prepareStatement(END_LEASE)) {
                key(statement, serviceId, consumer).text(holder.reference());
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(FED)) {
            Parameters.of(statement)
                    .number(slowest(connection, serviceId, holder))
                    .key(serviceId, holder);
            return statement.executeUpdate() == 1;
        }
    }

    private static long slowest(Connection connection, ServiceId serviceId, Holder holder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SLOWEST)) {
            Parameters.of(statement).text(holder.reference()).text(serviceId.value());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether every consumer has a holder's events up to a number. */
    static boolean isConsumed(Connection connection, ServiceId serviceId, Holder holder, long number)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SLOWEST)) {
            Parameters.of(statement).text(holder.reference()).text(serviceId.value());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long slowest = row.getLong(1);
                return row.wasNull() || slowest >= number;
            }
        }
    }

    private static Parameters key(PreparedStatement statement, ServiceId serviceId, ConsumerName consumer)
            throws SQLException {
        return key(Parameters.of(statement), serviceId, consumer);
    }

    private static Parameters key(Parameters parameters, ServiceId serviceId, ConsumerName consumer)
            throws SQLException {
        return parameters.text(serviceId.value()).text(consumer.value());
    }
}
