package dev.watchword.otp.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The meaning of SQLite's result codes to the store. The driver sets no SQLSTATE.
 *
 * <p>Each method first compares the name of the exception's class, so that the store also works without SQLite's driver
 * on the class path.
 */
final class SqliteFailures {
    private static final String DRIVERS_EXCEPTION = "org.sqlite.SQLiteException";

    private SqliteFailures() {}

    static boolean isOne(SQLException exception) {
        return exception.getClass().getName().equals(DRIVERS_EXCEPTION);
    }

    /** Returns whether another connection holds the write lock. The statement did nothing. */
    static boolean isBusy(SQLException exception) {
        return isOne(exception) && Codes.isBusy(exception);
    }

    /** Returns whether an insert failed because its key exists. */
    static boolean isTaken(SQLException exception) {
        return isOne(exception) && Codes.isTaken(exception);
    }

    /** Returns whether a constraint was violated. The statement did nothing, and the transaction is still open. */
    static boolean isConstraintViolation(SQLException exception) {
        return isOne(exception) && Codes.primary(exception) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    /** Returns whether a read or write of the file failed. The commit may be in the file or not. */
    static boolean isDoubt(SQLException exception) {
        return isOne(exception) && Codes.primary(exception) == SQLiteErrorCode.SQLITE_IOERR.code;
    }

    /** Returns whether there was no room for the change, on the disk or below {@code max_page_count}. */
    static boolean isFull(SQLException exception) {
        return isOne(exception) && Codes.primary(exception) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    /**
     * Returns whether a rollback found no open transaction. SQLite has then already rolled it back, as it may after a
     * full disk or a failed write.
     */
    static boolean hasNoTransaction(SQLException exception) {
        return isOne(exception) && Codes.primary(exception) == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    /** Closes the connection to the file, also if a pool keeps it. SQLite then rolls back. */
    static void close(Connection connection) throws SQLException {
        Codes.close(connection);
    }

    /** The part that needs the driver's classes. */
    private static final class Codes {
        private Codes() {}

        static void close(Connection connection) throws SQLException {
            connection.unwrap(SQLiteConnection.class).close();
        }

        static int primary(SQLException exception) {
            return ((SQLiteException) exception).getResultCode().code & 0xff;
        }

        static boolean isBusy(SQLException exception) {
            int code = primary(exception);
            return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
        }

        static boolean isTaken(SQLException exception) {
            SQLiteErrorCode code = ((SQLiteException) exception).getResultCode();
            return code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                    || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE;
        }
    }
}
