package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import java.sql.SQLException;
import java.util.Optional;

/** The user IDs in {@code otp_user_id}. A user ID belongs to one holder, permanently. */
final class UserIdRow {
    /** Finds the enrolment of a user ID. The last column tells whether the user ID exists without an enrolment. */
    private static final String FIND = EnrolmentRow.SELECTED + """
            , CASE WHEN e.holder IS NULL THEN 1 ELSE 0 END AS lost
            FROM otp_user_id u
            LEFT JOIN otp_enrolment e ON e.service_id = u.service_id AND e.holder = u.holder
            LEFT JOIN otp_token t ON t.service_id = e.service_id AND t.holder = e.holder AND t.serial = e.serial
            LEFT JOIN otp_token w ON w.service_id = e.service_id AND w.holder = e.holder AND w.serial = e.waiting_serial
            WHERE u.service_id = ? AND u.user_id = ?""";

    private static final String HOLDER = "SELECT holder FROM otp_user_id WHERE service_id = ? AND user_id = ?";

    private static final String INSERT = "INSERT INTO otp_user_id (service_id, holder, user_id) VALUES (?, ?, ?)";

    /** A text that is no holder. */
    private static final String NOBODY = "";

    private UserIdRow() {}

    static Optional<Enrolment> find(Session session, ServiceId serviceId, UserId userId) throws SQLException {
        if (!session.engine().joinsAllTables()) {
            return findInTwoSteps(session, serviceId, userId);
        }
        return session.first(
                        FIND,
                        parameters -> parameters.text(serviceId.value()).text(userId.value()),
                        row -> EnrolmentRow.readOrEmpty(row, userId.value()))
                .orElse(Optional.empty());
    }

    /**
     * Finds the holder, then the enrolment. An unknown user ID takes as many statements as a known one. The two rows can be
     * on different nodes. A commit on two nodes is complete on one of them first, so a contradiction is read again.
     */
    private static Optional<Enrolment> findInTwoSteps(Session session, ServiceId serviceId, UserId userId)
            throws SQLException {
        String holder = holder(session, serviceId, userId).map(Holder::value).orElse(NOBODY);
        Optional<Enrolment> found = EnrolmentRow.find(session, serviceId, holder);
        boolean agrees =
                found.map(enrolment -> userId.equals(enrolment.userId())).orElse(holder.equals(NOBODY));
        if (!agrees) {
            throw UnreadableRow.perhapsNotYetThere("The user ID " + userId
                    + " and the rows of its holder contradict each other; restore the rows from a backup");
        }
        return found;
    }

    /** Finds the holder of a user ID. */
    static Optional<Holder> holder(Session session, ServiceId serviceId, UserId userId) throws SQLException {
        return session.first(
                HOLDER,
                parameters -> parameters.text(serviceId.value()).text(userId.value()),
                row -> new Columns(row).value("holder", Holder::new));
    }

    /** Inserts the user ID of a change, and returns whether it was free. */
    static boolean claim(Session session, Enrolment after) throws SQLException {
        return session.inserts(
                INSERT,
                parameters -> parameters
                        .key(after.serviceId(), after.holder())
                        .text(requireNonNull(after.userId()).value()));
    }
}
