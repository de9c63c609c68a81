package dev.watchword.otp.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which the store speaks to its tables, whose names begin with {@code otp_} in all its statements. Closed, it
 * closes the connection, without the time limit that it may have got for the session, and gives back the turn at writing that it
 * may have. Used by one thread.
 */
record Session(
        Connection connection,
        Product product,
        TablePrefix prefix,
        @Nullable Lock writing,
        boolean limited) implements AutoCloseable {
    Session(Connection connection, Product product, TablePrefix prefix) {
        this(connection, product, prefix, null, false);
    }

    /** Sets the parameters of a statement. */
    interface Binder {
        void bind(Parameters parameters) throws SQLException;
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(prefix.in(sql));
    }

    /** How many rows a statement changed. */
    int update(String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            binder.bind(Parameters.of(statement));
            return statement.executeUpdate();
        }
    }

    /** Whether a row could be inserted whose key must be free. If not, nothing more can be done in the transaction. */
    boolean inserts(String sql, Binder binder) throws SQLException {
        try {
            return update(sql, binder) == 1;
        } catch (SQLException e) {
            if (SqlStates.isTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    boolean exists(String sql, Binder binder) throws SQLException {
        return first(sql, binder, row -> true).isPresent();
    }

    <T> Optional<T> first(String sql, Binder binder, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            binder.bind(Parameters.of(statement));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
            }
        }
    }

    <T> List<T> all(String sql, Binder binder, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            binder.bind(Parameters.of(statement));
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return List.copyOf(all);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (limited) {
                liftLimit();
            }
        } finally {
            if (writing != null) {
                writing.unlock();
            }
        }
    }

    /** Not every pool does it. */
    private void liftLimit() {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException ignored) {
            // it failed, and its pool will find that out
        }
    }
}
