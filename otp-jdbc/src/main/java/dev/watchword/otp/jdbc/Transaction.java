package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** One transaction around the writing of a change. */
final class Transaction {
    interface Body {
        CommitResult run() throws SQLException;
    }

    private Transaction() {}

    /**
     * Commits if the body says so, and rolls back otherwise; but where the version was another one, nothing was written, and H2, when
     * it rolls back a lock that waited for others, loses what they committed: then it commits too. A transaction that lost a
     * race is stale, whenever the database says so; nothing counts before its commit has returned.
     */
    static CommitResult run(Connection connection, Body body) throws SQLException {
        return end(connection, begin(connection), body);
    }

    /** Begins a transaction, and tells whether the connection was in auto-commit before. */
    static boolean begin(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        return autoCommit;
    }

    /** Ends a transaction with what is still to be done in it, as {@link #run} does. */
    static CommitResult end(Connection connection, boolean autoCommit, Body body) throws SQLException {
        CommitResult result;
        try {
            result = body.run();
            if (result == CommitResult.COMMITTED) {
                connection.clearWarnings(); // what was warned of before, such as in the greeting, is not about this
                // commit
                connection.commit();
                requireReplicated(connection.getWarnings());
            } else if (result == CommitResult.STALE) {
                connection.commit();
            } else {
                connection.rollback();
            }
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, autoCommit, e);
            if (e instanceof SQLException failure && SqlStates.isLostRace(failure)) {
                return CommitResult.STALE;
            }
            throw e;
        }
        restore(connection, autoCommit);
        return result;
    }

    /** A commit that PostgreSQL acknowledged before its synchronous standby did is one in doubt. */
    static void requireReplicated(@Nullable SQLWarning first) throws SQLException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (SqlStates.isCancelledWait(warning)) {
                throw SqlStates.doubt("The synchronous standby was not waited for", warning);
            }
        }
    }

    /**
     * Switching auto-commit on commits what is open, so a connection that cannot roll back is given up; but one that lost a race has
     * been rolled back by the server, as a node of a cluster says once more.
     */
    static void rollBack(Connection connection, boolean autoCommit, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            suppress(e, why);
            if (!SqlStates.isLostRace(e)) {
                abort(connection, why);
                return;
            }
        }
        restore(connection, autoCommit);
    }

    /** Ends a transaction in which nothing was written, for a connection that is then closed. */
    static void endWithoutChange(Connection connection, boolean autoCommit) {
        try {
            connection.commit();
            restore(connection, autoCommit);
        } catch (SQLException e) {
            rollBack(connection, autoCommit, e);
        }
    }

    private static void abort(Connection connection, Throwable why) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            suppress(e, why);
        }
    }

    /** A driver may throw the same twice. */
    private static void suppress(SQLException exception, Throwable why) {
        if (exception != why) {
            why.addSuppressed(exception);
        }
    }

    /** What became of the transaction is known by now; a connection that cannot be reset will fail its next user. */
    static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException ignored) {
            // the result stands
        }
    }
}
