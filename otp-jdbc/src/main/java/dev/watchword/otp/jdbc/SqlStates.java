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
    private static final String READ_ONLY = "25006";
    private static final String TOO_MANY_CONNECTIONS = "53300";

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
     * statement whose completion is unknown; too many connections; operator intervention; a read-only transaction; an
     * internal error. Operator intervention covers a stopped server, a server that is starting, and a statement that was
     * cancelled after a timeout. A standby reports a read-only transaction. Citus reports the loss of a node as an internal
     * error.
     */
    private static final Set<String> DOUBTS = Set.of("08", "40003", TOO_MANY_CONNECTIONS, "57", READ_ONLY, "XX000");

    /**
     * The beginnings of SQLSTATE values with which PostgreSQL rejects a statement and rolls its transaction back. In
     * their order: an unsupported feature; a wrong number of rows; wrong data; a violated constraint; a wrong state of
     * the transaction; a missing right or table; a violated view; insufficient resources such as a full disk; an
     * exceeded limit; an object in the wrong state; a cancelled statement. All other failures of a statement in
     * autocommit mode leave its outcome unknown.
     */
    private static final Set<String> REJECTIONS =
            Set.of("0A", "21", "22", "23", "25", "42", "44", "53", "54", "55", "57014");

    /** The range of the errors that MariaDB's clients report. Those of the server are below and above it. */
    private static final int FIRST_SERVER_ERROR = 1000;

    private static final int FIRST_CLIENT_ERROR = 2000;
    private static final int LAST_CLIENT_ERROR = 2999;

    private static final String CANCELLED_BY_MARIADB = "70100";

    private static final String DISK_FULL = "53100";

    /** MariaDB's error on a server with {@code read_only=ON}, which an operator sets before a switch to another server. */
    private static final int READ_ONLY_MARIADB = 1290;

    /** MariaDB's errors when the server, or the user, has too many connections. */
    private static final Set<Integer> TOO_MANY_CONNECTIONS_OF_MARIADB = Set.of(1040, 1203);

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
     * outcome of a change is then unknown, unless the failure is a {@link NothingStored}.
     */
    static boolean isDoubt(SQLException failure) {
        SQLException exception = reason(failure);
        String state = exception.getSQLState();
        return exception instanceof SQLTransientConnectionException
                || exception instanceof SQLNonTransientConnectionException
                || exception instanceof SQLRecoverableException
                || exception instanceof SQLTimeoutException
                || SqliteFailures.isDoubt(exception)
                || isReadOnly(exception)
                || (state != null
                        && (DOUBTS.stream().anyMatch(state::startsWith)
                                || (state.equals(GENERAL_ERROR)
                                        && exception.getErrorCode() == ERROR_DURING_COMMIT_OF_MARIADB)));
    }

    /** Returns whether the outcome of a change is unknown after a failure of its submission. */
    static boolean leavesUnknown(SQLException failure) {
        return isDoubt(failure) && !(failure instanceof NothingStored);
    }

    /**
     * Returns whether a repetition may succeed: after a lost race, after a failure of the connection or the server, and
     * after a wait for SQLite's write lock that ended without the lock.
     */
    static boolean isRetriable(SQLException failure) {
        return isDoubt(failure) || isLostRace(reason(failure));
    }

    /**
     * Returns whether there was no free connection or no turn to write, although the database works. A pool reports that
     * it is exhausted by an exception without a cause. The cause of any other refusal is the failure of the database.
     */
    static boolean isOverload(SQLException failure) {
        if (!(failure instanceof NotConnected notConnected)) {
            return false;
        }
        SQLException reason = notConnected.reason();
        boolean waitedInVain =
                reason instanceof SQLTransientConnectionException || reason instanceof SQLTimeoutException;
        return SqliteFailures.isBusy(reason)
                || TOO_MANY_CONNECTIONS.equals(reason.getSQLState())
                || TOO_MANY_CONNECTIONS_OF_MARIADB.contains(reason.getErrorCode())
                || (waitedInVain && reason.getSQLState() == null && reason.getCause() == null);
    }

    /** Returns whether the server accepts no changes, such as a standby, or the old server after a switch. */
    static boolean isReadOnly(SQLException failure) {
        SQLException exception = reason(failure);
        String state = exception.getSQLState();
        return READ_ONLY.equals(state)
                || (GENERAL_ERROR.equals(state) && exception.getErrorCode() == READ_ONLY_MARIADB);
    }

    /**
     * Returns whether PostgreSQL rejected a statement that is a complete transaction. The server has rolled it back then.
     */
    static boolean isRejected(SQLException exception) {
        String state = exception.getSQLState();
        return state != null && REJECTIONS.stream().anyMatch(state::startsWith);
    }

    /**
     * Returns whether MariaDB rejected a block that is a complete transaction, and rolled it back. A cancellation can come
     * between the commit of the block and its answer, so it leaves the outcome unknown. So does an error at the commit, to
     * which the block gives an SQLSTATE of a failed connection.
     */
    static boolean isRejectedByMariadb(SQLException exception) {
        String state = exception.getSQLState();
        int code = exception.getErrorCode();
        boolean ofTheServer = (code >= FIRST_SERVER_ERROR && code < FIRST_CLIENT_ERROR) || code > LAST_CLIENT_ERROR;
        return ofTheServer && state != null && !state.startsWith("08") && !CANCELLED_BY_MARIADB.equals(state);
    }

    /** Returns whether there was no room for the change. The database has rolled the transaction back then. */
    static boolean isFull(SQLException exception) {
        return DISK_FULL.equals(exception.getSQLState()) || SqliteFailures.isFull(exception);
    }

    private static SQLException reason(SQLException failure) {
        return failure instanceof NothingStored nothing ? nothing.reason() : failure;
    }

    /** Returns whether a warning says that a commit did not wait for PostgreSQL's synchronous standby. */
    static boolean isCancelledWait(SQLWarning warning) {
        return CANCELLED_WAIT.equals(warning.getSQLState());
    }

    /** Creates an exception for a commit with an unknown outcome. */
    static SQLException doubt(String what, @Nullable Exception cause) {
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
