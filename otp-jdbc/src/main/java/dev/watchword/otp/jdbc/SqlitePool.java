package dev.watchword.otp.jdbc;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;
import org.sqlite.javax.SQLitePooledConnection;

/** A pool of a few connections to an SQLite file. The connection that was used last is used first. Thread-safe. */
final class SqlitePool implements DataSource, AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int WAIT_SECONDS = 10;

    private final SQLiteConnectionPoolDataSource connections;
    private final Semaphore free = new Semaphore(CONNECTIONS, true);

    /** The open connections that are not in use. Synchronized on this deque, like {@link #closed}. */
    private final Deque<PooledConnection> idle = new ArrayDeque<>();

    private boolean closed;

    SqlitePool(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        connections = new SQLiteConnectionPoolDataSource(config);
        connections.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    }

    @Override
    public Connection getConnection() throws SQLException {
        acquire();
        Connection connection = null;
        try {
            connection = take().getConnection();
            return connection;
        } finally {
            if (connection == null) {
                free.release();
            }
        }
    }

    private void acquire() throws SQLException {
        boolean acquired;
        try {
            acquired = free.tryAcquire() || free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("The thread was interrupted while it waited for a connection", e);
        }
        if (!acquired) {
            throw new SQLTransientConnectionException(
                    "All " + CONNECTIONS + " connections are in use; try again later");
        }
    }

    private PooledConnection take() throws SQLException {
        PooledConnection connection;
        synchronized (idle) {
            if (closed) {
                throw new SQLException("The embedded database is closed; open it again");
            }
            connection = idle.poll();
        }
        if (connection == null) {
            connection = connections.getPooledConnection();
            connection.addConnectionEventListener(new Return());
        }
        return connection;
    }

    /** Takes a connection back that its user closed. A connection that failed is not used again. */
    private final class Return implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            SQLitePooledConnection connection = (SQLitePooledConnection) event.getSource();
            boolean works = !isClosed(connection);
            boolean kept;
            synchronized (idle) {
                kept = works && !closed;
                if (kept) {
                    idle.push(connection);
                }
            }
            if (!kept) {
                end(connection);
            }
            free.release();
        }

        private static boolean isClosed(SQLitePooledConnection connection) {
            try {
                return connection.getPhysicalConn().isClosed();
            } catch (SQLException e) {
                return true;
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            // SQLite's driver reports none
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(SqlitePool::end);
            idle.clear();
        }
    }

    private static void end(PooledConnection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // its commits are on the disk
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("SQLite has no users; call getConnection()");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
        throw new SQLFeatureNotSupportedException("This data source writes no log");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("A call waits " + WAIT_SECONDS + " seconds for a connection");
    }

    @Override
    public int getLoginTimeout() {
        return WAIT_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("This data source writes no log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("This data source wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
