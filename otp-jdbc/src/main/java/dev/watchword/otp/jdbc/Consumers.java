package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ServiceId;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of {@code otp_consumer}. One that is new or is no more concerns every enrolment of its institution. These are gone
 * through in short transactions, since a verification waits for one that has its enrolment, and one of them all may take longer
 * than an answer is waited for.
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

    /** Changes every row, so that it waits for whoever just notes how far the others came, and does not know this one yet. */
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
     * First the consumer is seen by all who note how far the slowest came; then what they noted before is corrected. Whoever dies in
     * between has not started it, and it is done again.
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

    /** A worker that did not know of its retirement may have left a place. */
    private int announce(Session session) throws SQLException {
        if (exists(session, serviceId, consumer)) {
            return 0;
        }
        if (!session.inserts(INSERT, this::key)) {
            throw SqlStates.lostRace("Consumer " + consumer + " was registered by another at the same moment");
        }
        return session.update(DELETE_PLACES, this::key);
    }

    /** Those with whom this one alone was behind are not to be met for ever by all who look for what is due. */
    void retire() {
        sessions.write("a consumer", session -> session.update(DELETE, this::key));
        forEachPage((after, last) -> {
            sessions.write(
                    "a consumer's places",
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

    /** What is done with the holders after one, up to another. */
    private interface PageTask {
        void run(String after, String last);
    }

    private void forEachPage(PageTask task) {
        String after = "";
        for (List<Holder> page = holders(null); !page.isEmpty(); ) {
            Holder last = page.get(page.size() - 1);
            task.run(after, last.reference());
            after = last.reference();
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
