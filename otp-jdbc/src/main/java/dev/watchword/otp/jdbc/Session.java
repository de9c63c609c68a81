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
 * A connection for the statements of the store. The statements name their tables with {@code otp_}, and the session
 * replaces this with the prefix of the store. For use by one thread.
 *
 * <p>Closing a session removes the network timeout if the store has set it. It then closes the connection and releases
 * the write lock, if the session holds one.
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

    /** A function that sets the parameters of a statement. */
    interface Binder {
        void bind(Parameters parameters) throws SQLException;
    }

    /** A function that reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(prefix.in(sql));
    }

    /** Executes an update and returns the number of rows that its condition matched. */
    int update(String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            binder.bind(Parameters.of(statement));
            return statement.executeUpdate();
        }
    }

    /**
     * Inserts a row and returns whether its key was free. If the key is taken, the caller must roll back, because
     * PostgreSQL rejects further statements of the transaction.
     */
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

    /** Removes the network timeout, because not every pool does. */
    private void liftLimit() {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException ignored) {
            // the connection failed, and its pool will detect that
        }
    }
}
