package dev.watchword.otp.jdbc.faults;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the rows of an institution without the store. */
final class Stored {
    /**
     * A row of a token.
     *
     * @param lastStep {@code null} before the first accepted code
     */
    record TokenState(
            String state, @Nullable Long lastStep, int failures, int failuresSinceAccepted, boolean suspended) {}

    final Map<Holder, Map<SerialNumber, TokenState>> tokens = new HashMap<>();

    /** The number of changes in a history. */
    final Map<Holder, Long> changes = new HashMap<>();

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    static Stored read(DataSource database, ServiceId serviceId) throws SQLException {
        Stored stored = new Stored();
        try (Connection connection = database.getConnection()) {
            stored.read(connection, serviceId, """
                    SELECT holder, serial, state, last_step, failures, failures_since_accepted, suspended_since
                    FROM otp_token WHERE service_id = ?""", stored::token);
            stored.read(connection, serviceId, """
                    SELECT holder, COUNT(DISTINCT change_id) FROM otp_event WHERE service_id = ? GROUP BY holder""", row -> stored.changes.put(holder(row), row.getLong(2)));
        }
        return stored;
    }

    private void read(Connection connection, ServiceId serviceId, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, serviceId.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.read(rows);
                }
            }
        }
    }

    private void token(ResultSet row) throws SQLException {
        TokenState state = new TokenState(
                requireNonNull(row.getString(3)),
                row.getObject(4) == null ? null : row.getLong(4),
                row.getInt(5),
                row.getInt(6),
                row.getObject(7) != null);
        tokens.computeIfAbsent(holder(row), holder -> new HashMap<>())
                .put(new SerialNumber(requireNonNull(row.getString(2))), state);
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(requireNonNull(row.getString(1)));
    }
}
