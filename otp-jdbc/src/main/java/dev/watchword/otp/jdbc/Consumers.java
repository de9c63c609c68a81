package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of the feed, in {@code otp_consumer}. Registering, renaming or retiring a consumer visits every enrolment of its
 * institution once.
 *
 * <p>The visits run in pages, and each page is a short transaction. A verification waits for a transaction that has
 * locked its enrolment. A single transaction over all enrolments could also exceed the network timeout.
 */
final class Consumers {
    private static final int PAGE = 500;

    private static final String INSERT = "INSERT INTO otp_consumer (from_now, service_id, consumer) VALUES (?, ?, ?)";

    private static final String INSERT_RENAMED = """
            INSERT INTO otp_consumer (service_id, consumer, renamed_from, from_now, streak, failing, pauses, paused_until)
            SELECT service_id, ?, consumer, from_now, streak, failing, pauses, paused_until FROM otp_consumer
            WHERE service_id = ? AND consumer = ?
            """;

    private static final String FORGET_RENAMING =
            "UPDATE otp_consumer SET renamed_from = NULL WHERE service_id = ? AND renamed_from = ?";

    private static final String IS_BEING_RENAMED =
            "SELECT 1 FROM otp_consumer WHERE service_id = ? AND renamed_from = ?";

    private static final String START =
            "UPDATE otp_consumer SET started = TRUE WHERE service_id = ? AND consumer = ? AND started = FALSE";

    private static final String STOP = "UPDATE otp_consumer SET started = FALSE WHERE service_id = ? AND consumer = ?";

    private static final String RECOVERED = """
            UPDATE otp_consumer SET streak = streak + 1, failing = 0, pauses = 0, paused_until = NULL
            WHERE service_id = ? AND consumer = ? AND (failing > 0 OR pauses > 0)
            """;

    private static final String DELETE = "DELETE FROM otp_consumer WHERE service_id = ? AND consumer = ?";

    private static final String DELETE_PLACES = "DELETE FROM otp_feed WHERE service_id = ? AND consumer = ?";

    /** Keeps the positions of a new consumer that has the name by now. */
    private static final String DELETE_PLACES_OF_PAGE = """
            DELETE FROM otp_feed
            WHERE service_id = ? AND consumer = ? AND holder > ? AND holder <= ?
                AND NOT EXISTS (
                    SELECT 1 FROM otp_consumer c
                    WHERE c.service_id = otp_feed.service_id AND c.consumer = otp_feed.consumer)
            """;

    /**
     * Sets the position of a new consumer to the end of each history of a page. Changes nothing once the consumer has started.
     * Otherwise a second creation that is still running would skip events of a new holder.
     */
    private static final String SKIP_HISTORIES_OF_PAGE = """
            INSERT INTO otp_feed (service_id, consumer, holder, event_number)
            SELECT e.service_id, c.consumer, e.holder, e.event_count
            FROM otp_enrolment e JOIN otp_consumer c ON c.service_id = e.service_id
            WHERE e.service_id = ? AND c.consumer = ? AND c.started = FALSE AND e.holder > ? AND e.holder <= ?
                AND NOT EXISTS (
                    SELECT 1 FROM otp_feed f
                    WHERE f.service_id = e.service_id AND f.consumer = c.consumer AND f.holder = e.holder)
            """;

    private static final String COPY_PAGE = """
            INSERT INTO otp_feed (service_id, consumer, holder, event_number, worker, leased_until, attempts,
                failed_streak, retry_at, parked_at, error_type, error_message)
            SELECT f.service_id, c.consumer, f.holder, f.event_number, f.worker, f.leased_until, f.attempts,
                f.failed_streak, f.retry_at, f.parked_at, f.error_type, f.error_message
            FROM otp_feed f JOIN otp_consumer c ON c.service_id = f.service_id
            WHERE f.service_id = ? AND c.consumer = ? AND c.started = FALSE AND f.holder > ? AND f.holder <= ?
                AND f.consumer = ?
                AND NOT EXISTS (
                    SELECT 1 FROM otp_feed g
                    WHERE g.service_id = f.service_id AND g.consumer = c.consumer AND g.holder = f.holder)
            """;

    /**
     * Sets the recorded progress of each enrolment of a page to 0, or to -1 if it was 0. A new consumer then counts as
     * behind on all of them. The value of every row changes. The update therefore waits for each transaction that is recording progress and has not seen
     * the new consumer.
     */
    private static final String NOBODY_HAS_ALL_OF_PAGE = """
            UPDATE otp_enrolment SET fed_count = CASE WHEN fed_count = 0 THEN -1 ELSE 0 END
            WHERE service_id = ? AND holder > ? AND holder <= ?
            """;

    /** Locks the rows and changes nothing. Citus has no locking reads of several holders. */
    private static final String LOCK_PAGE = """
            UPDATE otp_enrolment SET fed_count = fed_count
            WHERE service_id = ? AND holder > ? AND holder <= ? AND unfed = TRUE
            """;

    private static final String NOBODY_IS_BEHIND_ON_PAGE = """
            UPDATE otp_enrolment SET fed_count = event_count
            WHERE service_id = ? AND holder > ? AND holder <= ? AND unfed = TRUE
                AND EXISTS (SELECT 1 FROM otp_consumer c WHERE c.service_id = otp_enrolment.service_id)
                AND NOT EXISTS (
                    SELECT 1 FROM otp_consumer c
                    LEFT JOIN otp_feed f
                        ON f.service_id = c.service_id AND f.consumer = c.consumer AND f.holder = otp_enrolment.holder
                    WHERE c.service_id = otp_enrolment.service_id AND f.retry_at IS NULL AND f.parked_at IS NULL
                        AND COALESCE(f.event_number, 0) < otp_enrolment.event_count)
            """;

    private final Sessions sessions;
    private final ServiceId serviceId;
    private final ConsumerName consumer;

    Consumers(Sessions sessions, ServiceId serviceId, ConsumerName consumer) {
        this.sessions = sessions;
        this.serviceId = serviceId;
        this.consumer = consumer;
    }

    /**
     * Registers the consumer and returns whether this call completed the registration. The first transaction makes the consumer
     * visible to every transaction that records progress. The next transactions set its positions and reset the progress that was
     * recorded without it. The last transaction marks the consumer as started. If the process dies before that, the next
     * registration repeats all steps.
     */
    boolean register(FeedStart start) {
        ConsumerRow row = read();
        if (row != null && row.started()) {
            return false;
        }
        sessions.write("a consumer", session -> announce(session, start));
        if (start == FeedStart.NOW) {
            forEachPage((after, last) -> {
                resetPage(after, last);
                sessions.write(
                        "a page of positions",
                        session -> insertPage(
                                session,
                                SKIP_HISTORIES_OF_PAGE,
                                page -> key(page).text(after).text(last)));
                correctPage(after, last);
            });
        } else {
            forEachPage(this::resetPage);
        }
        return sessions.write("a consumer", session -> session.update(START, this::key)) == 1;
    }

    private @Nullable ConsumerRow read() {
        return sessions.read("A consumer", session -> ConsumerRow.find(session, serviceId, consumer))
                .orElse(null);
    }

    /** Inserts the consumer. Does nothing if an interrupted registration with the same start has inserted it. */
    private int announce(Session session, FeedStart start) throws SQLException {
        ConsumerRow row = ConsumerRow.find(session, serviceId, consumer).orElse(null);
        if (row == null) {
            return insert(session, INSERT, parameters -> key(parameters.truth(start == FeedStart.NOW)));
        }
        if (row.started()) {
            return 0;
        }
        if (row.renamedFrom() != null || session.exists(IS_BEING_RENAMED, this::key)) {
            throw new IllegalStateException("The renaming of consumer " + consumer
                    + " was interrupted; repeat it before you create the consumer");
        }
        if (row.start() != start) {
            throw new IllegalStateException("The creation of consumer " + consumer + " from " + row.start()
                    + " was interrupted; repeat it, or end the consumer first");
        }
        return 0;
    }

    /**
     * Inserts the consumer and deletes its old positions. A worker that did not see an earlier retirement may have left
     * a position behind.
     */
    private int insert(Session session, String sql, Session.Binder row) throws SQLException {
        session.update(FORGET_RENAMING, this::key);
        if (!session.inserts(sql, row)) {
            throw SqlStates.lostRace("Another transaction registered consumer " + consumer + " first");
        }
        return session.update(DELETE_PLACES, this::key);
    }

    /**
     * Renames the consumer and returns whether it has the new name. The first transaction stops the old consumer and announces
     * the new one. The next transactions copy the positions. Then the new consumer starts, and the old one is retired.
     */
    boolean rename(ConsumerName to) {
        Consumers renamed = new Consumers(sessions, serviceId, to);
        if (!sessions.write("a consumer", session -> announceRenaming(session, renamed))) {
            return false;
        }
        renamed.forEachPage((after, last) -> {
            sessions.write(
                    "a page of positions",
                    session -> renamed.insertPage(
                            session,
                            COPY_PAGE,
                            page -> renamed.key(page).text(after).text(last).text(consumer.value())));
            renamed.resetPage(after, last);
        });
        sessions.write("a consumer", session -> session.update(START, renamed::key));
        retire();
        return true;
    }

    private boolean announceRenaming(Session session, Consumers renamed) throws SQLException {
        ConsumerRow from = ConsumerRow.find(session, serviceId, consumer).orElse(null);
        ConsumerRow to = ConsumerRow.find(session, serviceId, renamed.consumer).orElse(null);
        if (to != null) {
            return consumer.equals(to.renamedFrom()) && (from == null || !from.started());
        }
        if (from == null || !from.started()) {
            return false;
        }
        session.update(STOP, this::key);
        renamed.insert(session, INSERT_RENAMED, parameters -> key(parameters.text(renamed.consumer.value())));
        return true;
    }

    private int insertPage(Session session, String sql, Session.Binder page) throws SQLException {
        try {
            return session.update(sql, page);
        } catch (SQLException e) {
            if (SqlStates.isTaken(e)) {
                throw SqlStates.lostRace("Another transaction inserted positions of consumer " + consumer + " first");
            }
            throw e;
        }
    }

    /** Records that the consumer succeeded. */
    void recovered() {
        sessions.write("a consumer", session -> session.update(RECOVERED, this::key));
    }

    /**
     * Retires the consumer: deletes its row, deletes its positions, and corrects the progress of the enrolments on
     * which only this consumer was behind. Without the correction, every later search for due holders would read those
     * enrolments although nothing is due.
     */
    void retire() {
        sessions.write("a consumer", session -> session.update(DELETE, this::key));
        forEachPage((after, last) -> {
            sessions.write(
                    "a consumer's positions",
                    session -> session.update(
                            DELETE_PLACES_OF_PAGE,
                            parameters -> key(parameters).text(after).text(last)));
            correctPage(after, last);
        });
    }

    private void resetPage(String after, String last) {
        sessions.write(
                "a page of enrolments",
                session -> session.update(NOBODY_HAS_ALL_OF_PAGE, parameters -> page(parameters, after, last)));
    }

    /** Corrects the progress of the enrolments on which no consumer is behind. */
    private void correctPage(String after, String last) {
        sessions.write("a page of enrolments", session -> {
            session.update(LOCK_PAGE, parameters -> page(parameters, after, last));
            return session.update(NOBODY_IS_BEHIND_ON_PAGE, parameters -> page(parameters, after, last));
        });
    }

    private Parameters page(Parameters parameters, String after, String last) throws SQLException {
        return parameters.text(serviceId.value()).text(after).text(last);
    }

    /** A task for the holders after one reference, up to and including another. */
    private interface PageTask {
        void run(String after, String last);
    }

    private void forEachPage(PageTask task) {
        String after = "";
        for (List<Holder> page = holders(null); !page.isEmpty(); ) {
            Holder last = page.get(page.size() - 1);
            task.run(after, last.value());
            after = last.value();
            page = holders(last);
        }
    }

    private List<Holder> holders(@Nullable Holder after) {
        return sessions.read("A page of holders", session -> EnrolmentRow.holders(session, serviceId, after, PAGE));
    }

    private Parameters key(Parameters parameters) throws SQLException {
        return FeedTable.key(parameters, serviceId, consumer);
    }
}
