package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code otp_consumer}: a consumer of the feed. Its streaks are the periods between its successes and pauses.
 *
 * @param started whether the creation or renaming of the consumer is complete
 * @param start the first events that were due to it
 * @param renamedFrom the previous name of the consumer; {@code null} if it was created under this name
 * @param streak the number of the current streak
 * @param failing the number of holders with a failure in the streak
 * @param pauses the number of pauses since the last success
 * @param pausedUntil the end of the last pause since the last success, or {@code null}
 */
record ConsumerRow(
        boolean started,
        FeedStart start,
        @Nullable ConsumerName renamedFrom,
        long streak,
        int failing,
        int pauses,
        @Nullable Instant pausedUntil) {
    private static final String FIND = "SELECT * FROM otp_consumer WHERE service_id = ? AND consumer = ?";

    private static final String ALL = "SELECT consumer, started FROM otp_consumer WHERE service_id = ?";

    private static final String FAILED = """
            UPDATE otp_consumer SET streak = ?, failing = ?, pauses = ?, paused_until = ?
            WHERE service_id = ? AND consumer = ?
            """;

    static Optional<ConsumerRow> find(Session session, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        return find(session, FIND, serviceId, consumer);
    }

    /** Finds and locks a consumer. */
    static Optional<ConsumerRow> lock(Session session, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        return find(session, FIND + " FOR UPDATE", serviceId, consumer);
    }

    private static Optional<ConsumerRow> find(Session session, String sql, ServiceId serviceId, ConsumerName consumer)
            throws SQLException {
        return session.first(sql, parameters -> FeedTable.key(parameters, serviceId, consumer), ConsumerRow::read);
    }

    /** Returns the consumers whose creation or renaming is complete. */
    static List<ConsumerName> started(Session session, ServiceId serviceId) throws SQLException {
        List<Optional<ConsumerName>> all = session.all(ALL, parameters -> parameters.text(serviceId.value()), row -> {
            Columns columns = new Columns(row);
            return columns.truth("started")
                    ? Optional.of(columns.value("consumer", ConsumerName::new))
                    : Optional.empty();
        });
        return all.stream().flatMap(Optional::stream).toList();
    }

    private static ConsumerRow read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return new ConsumerRow(
                columns.truth("started"),
                columns.truth("from_now") ? FeedStart.NOW : FeedStart.FIRST_EVENT,
                columns.valueOrNull("renamed_from", ConsumerName::new),
                columns.number("streak"),
                (int) columns.number("failing"),
                (int) columns.number("pauses"),
                columns.instantOrNull("paused_until"));
    }

    boolean isFailing() {
        return failing > 0 || pauses > 0;
    }

    /** Returns the same consumer with another number of failing holders. */
    ConsumerRow withFailing(int newFailing) {
        return new ConsumerRow(started, start, renamedFrom, streak, newFailing, pauses, pausedUntil);
    }

    /** Returns the same consumer in the next streak. */
    ConsumerRow nextStreak(int newPauses, @Nullable Instant newPausedUntil) {
        return new ConsumerRow(started, start, renamedFrom, streak + 1, 0, newPauses, newPausedUntil);
    }

    void writeFailures(Session session, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        session.update(
                FAILED,
                parameters -> FeedTable.key(
                        parameters.number(streak).number(failing).number(pauses).instant(pausedUntil),
                        serviceId,
                        consumer));
    }
}
