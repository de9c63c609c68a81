package dev.watchword.otp.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meaning of SQLSTATE values and vendor error codes to the store. */
final class SqlStates {
    /**
     * The SQLSTATE values of a lost race. The first three stand for a serialization failure or a deadlock, PostgreSQL's
     * deadlock, and H2's concurrent update of one row. The last two are a lock timeout, on PostgreSQL and on H2.
     */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "90131", "55P03", "HYT00");

    /**
     * MariaDB's error codes of a lost race: a lock wait timeout, and a row that changed after the snapshot. Their
     * SQLSTATE is the general {@code HY000}.
     */
    private static final Set<Integer> LOST_RACES_OF_MARIADB = Set.of(1205, 1020);

    /**
     * The beginnings of SQLSTATE values for a failed connection or server. In their order: connection failures; a
     * statement whose completion is unknown; insufficient resources; operator intervention; a read-only transaction.
     * Operator intervention covers a stopped server, a server that is starting, and a statement that was cancelled
     * after a timeout. A standby reports a read-only transaction.
     */
    private static final Set<String> DOUBTS = Set.of("08", "40003", "53", "57", "25006");

    private static final int ERROR_DURING_COMMIT_OF_MARIADB = 1180;
    private static final String CANCELLED_WAIT = "01000";

    private static final String GENERAL_ERROR = "HY000";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CONSTRAINT_VIOLATION_OF_MARIADB = "23000";
    private static final int DUPLICATE_ENTRY_OF_MARIADB = 1062;

    private SqlStates() {}

    /** Returns whether the transaction lost a race. None of its changes is committed then. */
    static boolean isLostRace(SQLException exception) {
        String state = exception.getSQLState();
        if (state == null) {
            return SqliteFailures.isBusy(exception);
        }
        return LOST_RACES.contains(state)
                || (state.equals(GENERAL_ERROR) && LOST_RACES_OF_MARIADB.contains(exception.getErrorCode()));
    }

    /**
     * Returns whether the connection or the server failed, so that another connection may reach a working server. The
     * outcome of a change is then unknown, unless no connection could be opened.
     */
    static boolean isDoubt(SQLException failure) {
        SQLException exception = failure instanceof NotConnected notConnected ? notConnected.reason() : failure;
        String state = exception.getSQLState();
        return exception instanceof SQLTransientConnectionException
                || exception instanceof SQLNonTransientConnectionException
                || exception instanceof SQLRecoverableException
                || exception instanceof SQLTimeoutException
                || SqliteFailures.isDoubt(exception)
                || (state != null
                        && (DOUBTS.stream().anyMatch(state::startsWith)
                                || (state.equals(GENERAL_ERROR)
                                        && exception.getErrorCode() == ERROR_DURING_COMMIT_OF_MARIADB)));
    }

    /** Returns whether the outcome of a change is unknown after a failure of its submission. */
    static boolean leavesUnknown(SQLException failure) {
        return isDoubt(failure) && !(failure instanceof NotConnected);
    }

    /** Returns whether a warning says that a commit did not wait for PostgreSQL's synchronous standby. */
    static boolean isCancelledWait(SQLWarning warning) {
        return CANCELLED_WAIT.equals(warning.getSQLState());
    }

    /** Creates an exception for a commit with an unknown outcome. */
    static SQLException doubt(String what, @Nullable SQLException cause) {
        return new SQLException(what, "08007", cause);
    }

    /** Returns whether an insert failed because its key exists. */
    static boolean isTaken(SQLException exception) {
        String state = exception.getSQLState();
        return SqliteFailures.isTaken(exception)
                || UNIQUE_VIOLATION.equals(state)
                || (CONSTRAINT_VIOLATION_OF_MARIADB.equals(state)
                        && exception.getErrorCode() == DUPLICATE_ENTRY_OF_MARIADB);
    }

    /** Returns whether a constraint was violated. The database has then rolled the transaction back. */
    static boolean isConstraintViolation(SQLException exception) {
        String state = exception.getSQLState();
        return state == null ? SqliteFailures.isConstraintViolation(exception) : state.startsWith("23");
    }

    /** Creates an exception for a lost race that a constraint detected. */
    static SQLException lostRace(String what) {
        return new KeyTaken(what);
    }

    /** Thrown when another transaction inserts the same key first. */
    static final class KeyTaken extends SQLException {
        private static final long serialVersionUID = 1L;

        KeyTaken(String what) {
            super(what, "40001");
        }
    }
}
