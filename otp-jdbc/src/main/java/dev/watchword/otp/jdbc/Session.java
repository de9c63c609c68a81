package dev.watchword.otp.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection for the statements of the store. The statements name their tables with {@code otp_}, and the session
 * replaces this with the prefix of the store. For use by one thread.
 *
 * <p>Closing a session ends an open transaction, and removes the network timeout if the store has set it. It then closes the connection and releases
 * the write lock, if the session holds one. A failure of the connection at its close is logged and not thrown, because the
 * outcome of the work is known by then.
 */
record Session(
        Connection connection,
        Product product,
        Engine engine,
        TablePrefix prefix,
        @Nullable Lock writing,
        boolean limited)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    Session(Connection connection, Product product, Engine engine, TablePrefix prefix) {
        this(connection, product, engine, prefix, null, false);
    }

    /** A function that sets the parameters of a statement. */
    interface Binder {
        void bind(Parameters parameters) throws SQLException;
    }

    /** A function that reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Executes a statement without parameters. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            DriverCalls.call(connection, () -> statement.execute(sql));
        }
    }

    /** Returns whether a change can be a single statement within an open transaction. */
    boolean writesAtOnce() {
        return product.writesAtOnce() && engine.writesAtOnce();
    }

    PreparedStatement prepare(String sql) throws SQLException {
        String adapted = product.adapt(prefix.in(sql));
        return DriverCalls.call(connection, () -> connection.prepareStatement(adapted));
    }

    /** Executes an update and returns the number of rows that its condition matched. */
    int update(String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            binder.bind(Parameters.of(statement));
            return DriverCalls.call(connection, statement::executeUpdate);
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
            try (ResultSet row = DriverCalls.call(connection, statement::executeQuery)) {
                return hasFirst(row) ? Optional.of(read(row, reader)) : Optional.empty();
            }
        }
    }

    /**
     * Executes a query that always has one row. An empty result is a failure of the server or of the driver: it never
     * means that something is not stored.
     */
    <T> T only(String sql, Binder binder, Reader<T> reader) throws SQLException {
        return first(sql, binder, reader).orElseThrow(() -> DriverCalls.noAnswer(connection));
    }

    <T> List<T> all(String sql, Binder binder, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            binder.bind(Parameters.of(statement));
            try (ResultSet rows = DriverCalls.call(connection, statement::executeQuery)) {
                List<T> all = new ArrayList<>();
                for (boolean more = hasFirst(rows); more; more = DriverCalls.call(connection, rows::next)) {
                    all.add(read(rows, reader));
                }
                return List.copyOf(all);
            }
        }
    }

    /**
     * Moves to the first row and returns whether there is one. MariaDB's driver returns a result without columns if the
     * server answered a query with no result; this is a failure and not an empty result.
     */
    private boolean hasFirst(ResultSet rows) throws SQLException {
        if (DriverCalls.call(connection, rows::next)) {
            return true;
        }
        if (rows.getMetaData().getColumnCount() == 0) {
            throw DriverCalls.noAnswer(connection);
        }
        return false;
    }

    /** Reads a row. A row whose values no constructor accepts is unreadable. */
    private static <T> T read(ResultSet row, Reader<T> reader) throws SQLException {
        try {
            return reader.read(row);
        } catch (RuntimeException e) {
            throw new UnreadableRow("A row has columns that contradict each other; correct the row", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            endRead();
            if (limited) {
                liftLimit();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection failed when it was closed; the outcome of its work stands", e);
        } finally {
            if (writing != null) {
                writing.unlock();
            }
        }
    }

    /**
     * Ends the transaction of a read on a connection without autocommit, so that the next read has a fresh snapshot. After a write
     * no transaction is open, and the drivers then send nothing.
     */
    private void endRead() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    /** Removes the network timeout, because some pools do not reset it. */
    private void liftLimit() {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException | RuntimeException ignored) {
            // the connection failed, and its pool will detect that
        }
    }
}
