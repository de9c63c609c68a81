package dev.watchword.otp.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Calls of a data source and of its driver. Some drivers throw an unchecked exception when a server fails or when its answer is
 * malformed. Such an exception is a failure of the connection: the outcome of the call is unknown.
 *
 * <p>The connection is then aborted. The rest of the answer may still be unread. The driver would read it as the answer to the
 * next statement, after the pool gave the connection to another user.
 */
final class DriverCalls {
    /** A call of the driver. */
    interface Call<T> {
        T run() throws SQLException;
    }

    /** A call of the driver that has no result. */
    interface Action {
        void run() throws SQLException;
    }

    private DriverCalls() {}

    /** Gets a connection. */
    static Connection connect(DataSource dataSource) throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    static <T> T call(Connection connection, Call<T> call) throws SQLException {
        try {
            return call.run();
        } catch (RuntimeException e) {
            throw aborted(connection, failure(e));
        }
    }

    static void run(Connection connection, Action action) throws SQLException {
        call(connection, () -> {
            action.run();
            return true;
        });
    }

    /** Aborts a connection on which a query was answered without a result, and returns the failure. */
    static SQLException noAnswer(Connection connection) {
        return aborted(
                connection, SqlStates.doubt("The database answered a query without a result; see its log", null));
    }

    private static SQLException aborted(Connection connection, SQLException failure) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static SQLException failure(RuntimeException cause) {
        return SqlStates.doubt("The driver failed with an unchecked exception", cause);
    }
}
