package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The history anchors in {@code otp_anchor}. An anchor records where a holder's history begins after archiving. */
final class AnchorTable {
    private static final String FIND = "SELECT * FROM otp_anchor WHERE service_id = ? AND holder = ?";

    private static final String INSERT = """
            INSERT INTO otp_anchor (event_number, last_key_name, last_link, proof_key_name, proof, service_id, holder)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            UPDATE otp_anchor SET event_number = ?, last_key_name = ?, last_link = ?, proof_key_name = ?, proof = ?
            WHERE service_id = ? AND holder = ?
            """;

    private static final String DELETE = " WHERE service_id = ? AND holder = ? AND event_number <= ?";

    private AnchorTable() {}

    static Optional<HistoryAnchor> find(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        return find(session, FIND, serviceId, holder);
    }

    private static Optional<HistoryAnchor> find(Session session, String sql, ServiceId serviceId, Holder holder)
            throws SQLException {
        return session.first(
                sql,
                parameters -> parameters.key(serviceId, holder),
                row -> UnreadableRow.of(holder, row, anchor -> read(new Columns(anchor))));
    }

    private static HistoryAnchor read(Columns columns) throws SQLException {
        return new HistoryAnchor(
                columns.number("event_number"),
                columns.link("last_key_name", "last_link"),
                columns.link("proof_key_name", "proof"));
    }

    /**
     * Deletes the events up to an anchor and stores the anchor, within the open transaction. Locks the row of the
     * current anchor first. Returns {@code false} if the current anchor is not {@code before}, or if a consumer has not
     * handled the events yet.
     */
    static boolean archive(
            Session session, ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor)
            throws SQLException {
        HistoryAnchor standing =
                find(session, FIND + " FOR UPDATE", serviceId, holder).orElse(null);
        if (!Objects.equals(standing, before) || !FeedTable.isConsumed(session, serviceId, holder, anchor.number())) {
            return false;
        }
        Session.Binder row = parameters -> parameters
                .number(anchor.number())
                .link(anchor.last())
                .link(anchor.proof())
                .key(serviceId, holder);
        if (before != null) {
            session.update(UPDATE, row);
        } else if (!session.inserts(INSERT, row)) {
            throw SqlStates.lostRace("Another transaction inserted the anchor of this history first");
        }
        for (String table : new String[] {"otp_reason", "otp_event"}) {
            session.update(
                    "DELETE FROM " + table + DELETE,
                    parameters -> parameters.key(serviceId, holder).number(anchor.number()));
        }
        return true;
    }
}
