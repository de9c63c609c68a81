package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The source of a store's sessions. It also runs reads, and writes that can be repeated as a whole, each in one
 * session. It holds no connection between calls. It is safe for use by several threads if the data source is.
 */
final class Sessions {
    /** The network timeout, in milliseconds, for connections on which the data source sets none. */
    private static final int ANSWER_MILLIS = 10_000;

    /** The locks with which the writers of this process take turns, by the file of the database. */
    private static final Map<String, Lock> WRITE_LOCKS = new ConcurrentHashMap<>();

    private final DataSource dataSource;
    private final Product product;
    private final Engine engine;
    private final StoreOptions options;
    private final @Nullable Lock writing;

    private Sessions(
            DataSource dataSource, Product product, Engine engine, StoreOptions options, @Nullable Lock writing) {
        this.dataSource = dataSource;
        this.product = product;
        this.engine = engine;
        this.options = options;
        this.writing = writing;
    }

    /**
     * Opens the source. Throws a {@link StorageException} if the database is not fit for a store or lacks the schema.
     */
    static Sessions of(DataSource dataSource, StoreOptions options) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Product product = Product.of(connection);
            OpenTransactions.requireNone(connection);
            Engine engine = Engine.of(connection, product);
            engine.requireTested(options.risksUntestedSystem());
            try (Session session = new Session(connection, product, engine, options.prefix())) {
                product.requireFit(connection, options.risksPowerFailure());
                JdbcSchema.requireApplied(session, options.scripts());
                String file = product.fileOfTurns(connection);
                Lock writing = file == null ? null : WRITE_LOCKS.computeIfAbsent(file, name -> new ReentrantLock());
                return new Sessions(dataSource, product, engine, options, writing);
            }
        }
    }

    StoreOptions options() {
        return options;
    }

    Product product() {
        return product;
    }

    /** Returns whether a change can be a single statement that is also a complete transaction. */
    boolean commitsAtOnce() {
        return product.commitsAtOnce() && engine.writesAtOnce();
    }

    /** Returns the retry delays for one task. */
    Patience patience() {
        return Patience.of(options.patience());
    }

    /** Creates a session on a connection of the application, which closes the connection. */
    Session on(Connection connection) {
        return new Session(connection, product, engine, options.prefix());
    }

    /** Opens a session with a network timeout. No call then waits forever, even if the network drops the answer. */
    Session open() throws NotConnected {
        return open(null);
    }

    /** Opens a session for writes. Waits for its turn first if the writers of this process take turns. */
    Session openToWrite() throws NotConnected {
        if (writing == null) {
            return open(null);
        }
        waitForTurn(writing);
        Session session = null;
        try {
            session = open(writing);
            return session;
        } finally {
            if (session == null) {
                writing.unlock();
            }
        }
    }

    /** Waits for the other writers of this process, as long as for an answer of the database or for the patience. */
    private void waitForTurn(Lock turn) throws NotConnected {
        long millis = Math.max(ANSWER_MILLIS, options.patience().toMillis());
        try {
            if (!turn.tryLock() && !turn.tryLock(millis, TimeUnit.MILLISECONDS)) {
                throw new NotConnected(
                        new SQLTransientConnectionException("Other threads of this process write for too long"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotConnected(new SQLException("The thread was interrupted while it waited to write", e));
        }
    }

    private Session open(@Nullable Lock writing) throws NotConnected {
        try {
            return connect(writing);
        } catch (SQLException e) {
            throw new NotConnected(e);
        }
    }

    private Session connect(@Nullable Lock writing) throws SQLException {
        Connection connection = DriverCalls.connect(dataSource);
        Session session = null;
        try {
            OpenTransactions.requireNone(connection);
            boolean limited = DriverCalls.call(connection, connection::getNetworkTimeout) == 0;
            if (limited) {
                DriverCalls.run(connection, () -> connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS));
            }
            session = new Session(connection, product, engine, options.prefix(), writing, limited);
            return session;
        } finally {
            if (session == null) {
                connection.close();
            }
        }
    }

    /** A task that runs in a session. */
    interface Task<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Runs a read. Retries it on another connection if the connection or the server failed, and after a lost race. The
     * database may report a lost race to a read, too.
     */
    <T> T read(String what, Task<T> task) {
        Patience patience = patience();
        SQLException failure;
        do {
            try (Session session = open()) {
                return task.run(session);
            } catch (SQLException e) {
                failure = e;
            }
        } while (SqlStates.isRetriable(failure) && patience.again());
        throw failure(what + " could not be read; refuse the request", failure);
    }

    /**
     * Returns the exception for a failure that stored nothing: an overload, a lost race, a failed integrity check or a
     * failure of the storage.
     */
    static WatchwordException failure(String message, SQLException cause) {
        if (cause instanceof UnreadableRow) {
            return new IntegrityException(message + ". " + cause.getMessage(), cause);
        }
        if (SqlStates.isOverload(cause)) {
            return new OverloadedException(
                    "Too many calls use the database at once, so nothing was read or stored; refuse the request, repeat"
                            + " it later, and check the size of the pool",
                    cause);
        }
        if (cause instanceof NotConnected) {
            return new StorageException(
                    "There was no connection, so nothing was read or stored; check the database and the size of its pool",
                    cause);
        }
        return SqlStates.isLostRace(cause)
                ? new LostRaceException(message + ". Every attempt lost a race", cause)
                : new StorageException(message, cause);
    }

    /**
     * Runs a write in one transaction. Retries it after a lost race, and after a failure that stored nothing. An unknown
     * outcome is not retried, because the caller can repeat the call.
     */
    <T> T write(String what, Task<T> task) {
        Patience patience = patience();
        SQLException failure;
        do {
            try (Session session = openToWrite()) {
                return write(session, task);
            } catch (SQLException e) {
                failure = e;
            }
            if (SqlStates.leavesUnknown(failure)) {
                throw new UnknownOutcomeException(
                        "It is unknown whether " + what + " was changed; repeat the call", failure);
            }
        } while (SqlStates.isRetriable(failure) && patience.again());
        throw failure("A change of " + what + " failed, and nothing of it is stored; repeat the call", failure);
    }

    private static <T> T write(Session session, Task<T> task) throws SQLException {
        List<T> results = new ArrayList<>();
        CommitResult result = Transaction.run(session, () -> {
            results.add(task.run(session));
            return CommitResult.COMMITTED;
        });
        if (result != CommitResult.COMMITTED) {
            throw SqlStates.lostRace("Another transaction changed the same rows first");
        }
        return results.get(0);
    }
}
