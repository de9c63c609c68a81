package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.HistoryAnchor;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ServiceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where histories begin, in {@code otp_anchor}. */
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

    static Optional<HistoryAnchor> find(Connection connection, ServiceId serviceId, Holder holder) throws SQLException {
        return find(connection, FIND, serviceId, holder);
    }

    private static Optional<HistoryAnchor> find(Connection connection, String sql, ServiceId serviceId, Holder holder)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).key(serviceId, holder);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(new Columns(row))) : Optional.empty();
            }
        }
    }

    private static HistoryAnchor read(Columns columns) throws SQLException {
        return new HistoryAnchor(
                columns.number("event_number"),
                columns.link("last_key_name", "last_link"),
                columns.link("proof_key_name", "proof"));
    }

    static boolean archive(
            Connection connection,
            ServiceId serviceId,
            Holder holder,
            @Nullable HistoryAnchor before,
            HistoryAnchor anchor)
            throws SQLException {
        HistoryAnchor standing =
                find(connection, FIND + " FOR UPDATE", serviceId, holder).orElse(null);
        if (!Objects.equals(standing, before)
                || !FeedTable.isConsumed(connection, serviceId, holder, anchor.number())) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(before == null ? INSERT : UPDATE)) {
            Parameters.of(statement)
                    .number(anchor.number())
                    .link(anchor.last())
                    .link(anchor.proof())
                    .key(serviceId, holder);
            if (before == null && !SqlStates.inserts(statement)) {
                throw SqlStates.lostRace("An anchor was set by another at the same moment");
            } else if (before != null) {
                statement.executeUpdate();
            }
        }
        for (String table : new String[] {"otp_reason", "otp_event"}) {
            try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table + DELETE)) {
                Parameters.of(statement).key(serviceId, holder).number(anchor.number());
                statement.executeUpdate();
            }
        }
        return true;
    }
}
