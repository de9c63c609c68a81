package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** A transaction around the statements of a change. */
final class Transaction {
    interface Body {
        CommitResult run() throws SQLException;
    }

    private Transaction() {}

    /**
     * Runs the body in a transaction. Commits if the body returns {@code COMMITTED}. Rolls back after any other result
     * and after a failure.
     *
     * <p>Returns {@code STALE} if the database reports a lost race, at a statement or at the commit. No result is final
     * before the commit returns.
     */
    static CommitResult run(Session session, Body body) throws SQLException {
        return end(session, begin(session), body);
    }

    /**
     * Begins a transaction and returns whether the connection was in autocommit mode. On SQLite it also takes the write
     * lock, because a transaction that reads before it writes can fail at its first write.
     *
     * @throws NotConnected if another process holds SQLite's write lock for too long; nothing was done
     */
    static boolean begin(Session session) throws SQLException {
        boolean autoCommit = beginUnlocked(session);
        String lock = session.product().takingTheWriteLock();
        if (lock != null) {
            try {
                session.update(lock, parameters -> {});
            } catch (SQLException e) {
                rollBack(session, autoCommit, e);
                throw SqliteFailures.isBusy(e) ? new NotConnected(e) : undone(e);
            }
        }
        return autoCommit;
    }

    /** Begins a transaction and returns whether the connection was in autocommit mode. */
    static boolean beginUnlocked(Session session) throws SQLException {
        Connection connection = session.connection();
        try {
            boolean autoCommit = DriverCalls.call(connection, connection::getAutoCommit);
            DriverCalls.run(connection, () -> connection.setAutoCommit(false));
            return autoCommit;
        } catch (SQLException e) {
            throw undone(e);
        }
    }

    /** Returns the exception for a failure before the commit was sent. */
    private static SQLException undone(SQLException failure) {
        return SqlStates.isDoubt(failure) ? new NotCommitted(failure) : failure;
    }

    /**
     * Runs the body in an open transaction and ends the transaction, as {@link #run} does. A failure before the commit is
     * sent leaves the outcome known.
     */
    static CommitResult end(Session session, boolean autoCommit, Body body) throws SQLException {
        Connection connection = session.connection();
        CommitResult result;
        boolean sent = false;
        try {
            result = body.run();
            if (result == CommitResult.COMMITTED) {
                connection.clearWarnings(); // earlier ones, such as at login, do not concern this commit
                sent = true;
                commit(connection);
                requireReplicated(connection::getWarnings);
            } else {
                undo(connection);
            }
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(session, autoCommit, e);
            if (e instanceof SQLException failure && SqlStates.isLostRace(failure)) {
                return CommitResult.STALE;
            }
            if (e instanceof SQLException failure && !sent) {
                throw undone(failure);
            }
            throw e;
        }
        restore(connection, autoCommit);
        return result;
    }

    /** Commits. A failure leaves the outcome unknown, unless it is a lost race, a violated constraint or a full disk. */
    private static void commit(Connection connection) throws SQLException {
        try {
            DriverCalls.run(connection, connection::commit);
        } catch (SQLException e) {
            throw SqlStates.isDoubt(e)
                            || SqlStates.isLostRace(e)
                            || SqlStates.isConstraintViolation(e)
                            || SqlStates.isFull(e)
                    ? e
                    : SqlStates.doubt("The commit failed", e);
        }
    }

    /** The warnings of a commit. */
    interface Warnings {
        @Nullable
        SQLWarning first() throws SQLException;
    }

    /**
     * Throws an unknown outcome if PostgreSQL acknowledged the commit before its synchronous standby did. Also throws it
     * if the warnings cannot be read, because the change is committed by then.
     */
    static void requireReplicated(Warnings warnings) throws SQLException {
        for (SQLWarning warning = first(warnings); warning != null; warning = warning.getNextWarning()) {
            if (SqlStates.isCancelledWait(warning)) {
                throw SqlStates.doubt(
                        "PostgreSQL did not wait for its synchronous standby; check the standby", warning);
            }
        }
    }

    private static @Nullable SQLWarning first(Warnings warnings) throws SQLException {
        try {
            return warnings.first();
        } catch (SQLException | RuntimeException e) {
            throw SqlStates.doubt("The warnings of a commit cannot be read", e);
        }
    }

    /** Rolls back. SQLite may have done so already, as after a full disk, and then refuses. */
    private static void undo(Connection connection) throws SQLException {
        try {
            DriverCalls.run(connection, connection::rollback);
        } catch (SQLException e) {
            if (!SqliteFailures.hasNoTransaction(e)) {
                throw e;
            }
        }
    }

    /**
     * Rolls back and restores the autocommit mode. It aborts a connection to a server that accepts no changes, so that
     * the pool opens another one. If the rollback fails, the method aborts the connection, because
     * switching autocommit on would commit the open transaction. It keeps a connection whose rollback reports a lost
     * race. The server has already rolled that transaction back, and a cluster node only reports the race a second
     * time.
     */
    static void rollBack(Session session, boolean autoCommit, Throwable why) {
        Connection connection = session.connection();
        if (why instanceof SQLException failure && SqlStates.isReadOnly(failure)) {
            abort(session, why);
            return;
        }
        try {
            undo(connection);
        } catch (SQLException e) {
            suppress(e, why);
            if (!SqlStates.isLostRace(e)) {
                abort(session, why);
                return;
            }
        }
        restore(connection, autoCommit);
    }

    /** Ends a transaction that wrote nothing. The caller closes the connection next. */
    static void endWithoutChange(Session session, boolean autoCommit) {
        try {
            undo(session.connection());
            restore(session.connection(), autoCommit);
        } catch (SQLException e) {
            rollBack(session, autoCommit, e);
        }
    }

    /** Ends a connection that must not be used again. SQLite's driver ignores an abort, but not a close. */
    static void abort(Session session, Throwable why) {
        try {
            if (session.product() == Product.SQLITE) {
                SqliteFailures.close(session.connection());
            } else {
                session.connection().abort(Runnable::run);
            }
        } catch (SQLException | RuntimeException e) {
            suppress(e, why);
        }
    }

    /** Records a second exception. A driver may throw the same one twice, and no exception can suppress itself. */
    private static void suppress(Exception exception, Throwable why) {
        if (exception != why) {
            why.addSuppressed(exception);
        }
    }

    /**
     * Restores the autocommit mode and ignores a failure, because the outcome of the transaction is already known. A
     * connection that cannot be reset fails in its next use.
     */
    static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException | RuntimeException ignored) {
            // the outcome is known
        }
    }
}
