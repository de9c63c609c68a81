package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of the feed, in {@code otp_consumer}. Registering or retiring a consumer visits every enrolment of its
 * institution once.
 *
 * <p>The visits run in pages, and each page is a short transaction. A verification waits for a transaction that has
 * locked its enrolment. A single transaction over all enrolments could also exceed the network timeout.
 */
final class Consumers {
    private static final int PAGE = 500;

    private static final String INSERT = "INSERT INTO otp_consumer (service_id, consumer) VALUES (?, ?)";

    private static final String EXISTS = "SELECT 1 FROM otp_consumer WHERE service_id = ? AND consumer = ?";

    private static final String HAS_STARTED =
            "SELECT 1 FROM otp_consumer WHERE service_id = ? AND consumer = ? AND started = TRUE";

    private static final String START = "UPDATE otp_consumer SET started = TRUE WHERE service_id = ? AND consumer = ?";

    private static final String DELETE = "DELETE FROM otp_consumer WHERE service_id = ? AND consumer = ?";

    private static final String DELETE_PLACES = "DELETE FROM otp_feed WHERE service_id = ? AND consumer = ?";

    private static final String DELETE_PLACES_OF_PAGE =
            "DELETE FROM otp_feed WHERE service_id = ? AND consumer = ? AND holder > ? AND holder <= ?";

    /**
     * Sets the recorded progress of each enrolment of a page to 0, or to -1 if it was 0. A new consumer then counts as
     * behind on all of them. The value of every row changes. The update therefore waits for each transaction that is recording progress and has not seen
     * the new consumer.
     */
    private static final String NOBODY_HAS_ALL_OF_PAGE = """
            UPDATE otp_enrolment SET fed_count = CASE fed_count WHEN 0 THEN -1 ELSE 0 END
            WHERE service_id = ? AND holder > ? AND holder <= ?
            """;

    private static final String NOBODY_IS_BEHIND_ON_PAGE = """
            SELECT e.holder
            FROM otp_enrolment e
            WHERE e.service_id = ? AND e.holder > ? AND e.holder <= ? AND e.unfed = TRUE
                AND EXISTS (SELECT 1 FROM otp_consumer c WHERE c.service_id = e.service_id)
                AND NOT EXISTS (
                    SELECT 1 FROM otp_consumer c
                    LEFT JOIN otp_feed f
                        ON f.service_id = c.service_id AND f.consumer = c.consumer AND f.holder = e.holder
                    WHERE c.service_id = e.service_id AND COALESCE(f.event_number, 0) < e.event_count)
            """;

    private final Sessions sessions;
    private final ServiceId serviceId;
    private final ConsumerName consumer;

    Consumers(Sessions sessions, ServiceId serviceId, ConsumerName consumer) {
        this.sessions = sessions;
        this.serviceId = serviceId;
        this.consumer = consumer;
    }

    static boolean exists(Session session, ServiceId serviceId, ConsumerName consumer) throws SQLException {
        return session.exists(
                EXISTS, parameters -> parameters.text(serviceId.value()).text(consumer.value()));
    }

    /**
     * Registers the consumer. The first transaction makes the consumer visible to every transaction that records
     * progress. The next transactions reset the progress that was recorded without it. The last transaction marks the
     * consumer as started. If the process dies before that, the next registration repeats all steps.
     */
    void register() {
        if (sessions.read("A consumer", session -> session.exists(HAS_STARTED, this::key))) {
            return;
        }
        sessions.write("a consumer", this::announce);
        forEachPage((after, last) -> sessions.write(
                "a page of enrolments",
                session -> session.update(
                        NOBODY_HAS_ALL_OF_PAGE,
                        parameters ->
                                parameters.text(serviceId.value()).text(after).text(last))));
        sessions.write("a consumer", session -> session.update(START, this::key));
    }

    /**
     * Inserts the consumer and deletes its old positions. A worker that did not see an earlier retirement may have left
     * a position behind. Does nothing if the consumer exists.
     */
    private int announce(Session session) throws SQLException {
        if (exists(session, serviceId, consumer)) {
            return 0;
        }
        if (!session.inserts(INSERT, this::key)) {
            throw SqlStates.lostRace("Another transaction registered consumer " + consumer + " first");
        }
        return session.update(DELETE_PLACES, this::key);
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
            for (Holder holder : nobodyIsBehind(after, last)) {
                sessions.write("an enrolment", session -> FeedTable.noteSlowest(session, serviceId, holder));
            }
        });
    }

    private List<Holder> nobodyIsBehind(String after, String last) {
        return sessions.read(
                "A page of holders",
                session -> session.all(
                        NOBODY_IS_BEHIND_ON_PAGE,
                        parameters ->
                                parameters.text(serviceId.value()).text(after).text(last),
                        row -> new Holder(row.getString(1))));
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
        return parameters.text(serviceId.value()).text(consumer.value());
    }
}
