package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;

/** One transaction around the writing of a change. */
final class Transaction {
    interface Body {
        CommitResult run() throws SQLException;
    }

    private Transaction() {}

    /**
     * Commits if the body says so, and rolls back otherwise. A transaction that lost a race is stale, whenever the
     * database says so; nothing counts before its commit has returned.
     */
    static CommitResult run(Connection connection, Body body) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            CommitResult result = body.run();
            if (result == CommitResult.COMMITTED) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return result;
        } catch (SQLException e) {
            rollBack(connection, e);
            if (SqlStates.isLostRace(e)) {
                return CommitResult.STALE;
            }
            throw e;
        } catch (RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static void rollBack(Connection connection, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
