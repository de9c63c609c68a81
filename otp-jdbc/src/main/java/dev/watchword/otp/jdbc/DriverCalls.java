package dev.watchword.otp.jdbc;

import java.sql.SQLException;

/**
 * Calls of a data source and of its driver. Some drivers throw an unchecked exception when a server fails. Such an exception is a
 * failure of the connection: the outcome of the call is unknown.
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

    static <T> T call(Call<T> call) throws SQLException {
        try {
            return call.run();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    static void run(Action action) throws SQLException {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private static SQLException failure(RuntimeException cause) {
        return SqlStates.doubt("The driver failed with an unchecked exception", cause);
    }
}
