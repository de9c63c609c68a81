package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.StorageException;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock under which one process at a time applies the schema to the tables of a prefix. The lock ends with its
 * process or its connection at the latest.
 *
 * <ul>
 *   <li>PostgreSQL: an advisory lock of each transaction. It also works behind a pool that shares server connections.
 *   <li>MariaDB: a named lock of the connection. A Galera cluster has no such locks. There, statements that can be
 *       repeated, and repetitions after conflicts, take its place.
 *   <li>SQLite: the write lock of the transaction. Its first write fails if another process wrote after its first read,
 *       and the transaction is repeated.
 *   <li>H2: a lock of this JVM, because the database is in its memory.
 * </ul>
 */
final class SchemaLock implements AutoCloseable {
    private static final String LOCK_OF_TRANSACTION = "SELECT pg_try_advisory_xact_lock(?)";
    private static final long CLASS_OF_LOCKS = (long) "watchword".hashCode() << Integer.SIZE;

    private static final String NAME = "CONCAT('watchword ', MD5(CONCAT(COALESCE(DATABASE(), ''), ' ', ?)))";
    private static final String LOCK_OF_CONNECTION = "SELECT GET_LOCK(" + NAME + ", 0)";
    private static final String UNLOCK_CONNECTION = "SELECT RELEASE_LOCK(" + NAME + ")";
    private static final String IS_NODE = "SHOW VARIABLES WHERE Variable_name = 'wsrep_on' AND Value = 'ON'";

    private static final Lock IN_MEMORY = new ReentrantLock();

    private final Session session;
    private final boolean named;

    private SchemaLock(Session session) throws SQLException {
        this.session = session;
        this.named = session.product() == Product.MARIADB && !session.exists(IS_NODE, parameters -> {});
    }

    /**
     * Acquires the part of the lock that outlasts a transaction.
     *
     * @throws StorageException if another process or thread has the lock until there is no time left
     */
    static SchemaLock acquire(Session session, Patience patience) throws SQLException {
        SchemaLock lock = new SchemaLock(session);
        while (!lock.tryAcquire()) {
            if (!patience.again()) {
                throw inUse(null);
            }
        }
        return lock;
    }

    private boolean tryAcquire() throws SQLException {
        return switch (session.product()) {
            case H2 -> IN_MEMORY.tryLock();
            case MARIADB -> !named || session.only(LOCK_OF_CONNECTION, this::name, row -> row.getInt(1) == 1);
            case POSTGRESQL, SQLITE -> true;
        };
    }

    /**
     * Acquires the part of the lock that ends with the transaction, as its first statement. Returns whether the lock was
     * free. On PostgreSQL the transaction then reads what other transactions committed before it had the lock.
     */
    boolean tryAcquireInTransaction() throws SQLException {
        if (session.product() != Product.POSTGRESQL) {
            return true;
        }
        session.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        long key = CLASS_OF_LOCKS ^ session.prefix().text().hashCode();
        return session.only(LOCK_OF_TRANSACTION, parameters -> parameters.number(key), row -> row.getBoolean(1));
    }

    private void name(Parameters parameters) throws SQLException {
        parameters.text(session.prefix().text());
    }

    /** Returns the exception for a lock that was not free in time. */
    static StorageException inUse(@Nullable Throwable cause) {
        return new StorageException(
                "Another process applies the schema, or uses the tables that a script changes; wait until it has"
                        + " finished, and apply the schema again",
                cause);
    }

    @Override
    public void close() {
        if (session.product() == Product.H2) {
            IN_MEMORY.unlock();
        } else if (named) {
            unlock();
        }
    }

    /** Releases the lock. A connection that cannot release it is ended, so that no pool keeps the lock. */
    private void unlock() {
        try {
            session.exists(UNLOCK_CONNECTION, this::name);
        } catch (SQLException e) {
            Transaction.abort(session, e);
        }
    }
}
