package dev.watchword.otp.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an SQLSTATE says about a failed statement. */
final class SqlStates {
    /**
     * Serialization failure or deadlock, PostgreSQL's deadlock, and H2's concurrent update of one row; a lock that was waited for
     * too long, on PostgreSQL and on H2.
     */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "90131", "55P03", "HYT00");

    /** MariaDB: a lock that was waited for too long; a row that changed since the snapshot. Their SQLSTATE says nothing. */
    private static final Set<Integer> LOST_RACES_OF_MARIADB = Set.of(1205, 1020);

    /**
     * Connection failures; a statement whose completion is unknown; too few resources; a server that was stopped, or cannot be reached
     * yet; a server that takes no changes, as a standby does, and a statement that was cancelled since it took too long.
     */
    private static final Set<String> DOUBTS = Set.of("08", "40003", "53", "57", "25006");

    private static final int ERROR_DURING_COMMIT_OF_MARIADB = 1180;
    private static final String CANCELLED_WAIT = "01000";

    private static final String GENERAL_ERROR = "HY000";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CONSTRAINT_VIOLATION_OF_MARIADB = "23000";
    private static final int DUPLICATE_ENTRY_OF_MARIADB = 1062;

    private SqlStates() {}

    /** Whether another transaction was faster, and this one was not carried out. */
    static boolean isLostRace(SQLException exception) {
        String state = exception.getSQLState();
        return state != null
                && (LOST_RACES.contains(state)
                        || (state.equals(GENERAL_ERROR) && LOST_RACES_OF_MARIADB.contains(exception.getErrorCode())));
    }

    /**
     * Whether the connection or the server failed, so that nobody knows what became of a change, or the next connection may go
     * to a server that works.
     */
    static boolean isDoubt(SQLException exception) {
        String state = exception.getSQLState();
        return exception instanceof SQLTransientConnectionException
                || exception instanceof SQLNonTransientConnectionException
                || exception instanceof SQLRecoverableException
                || exception instanceof SQLTimeoutException
                || (state != null
                        && (DOUBTS.stream().anyMatch(state::startsWith)
                                || (state.equals(GENERAL_ERROR)
                                        && exception.getErrorCode() == ERROR_DURING_COMMIT_OF_MARIADB)));
    }

    /** Whether a warning says that a commit did not wait for PostgreSQL's synchronous standby to the end. */
    static boolean isCancelledWait(SQLWarning warning) {
        return CANCELLED_WAIT.equals(warning.getSQLState());
    }

    /** A commit of which nobody knows what became of it. */
    static SQLException doubt(String what, @Nullable SQLException cause) {
        return new SQLException(what, "08007", cause);
    }

    /** Whether a key is there already. */
    static boolean isTaken(SQLException exception) {
        String state = exception.getSQLState();
        return UNIQUE_VIOLATION.equals(state)
                || (CONSTRAINT_VIOLATION_OF_MARIADB.equals(state)
                        && exception.getErrorCode() == DUPLICATE_ENTRY_OF_MARIADB);
    }

    /** A lost race that a constraint has found. */
    static SQLException lostRace(String what) {
        return new KeyTaken(what);
    }

    /** A lost race, by the SQLSTATE that every product's are known by. */
    static SQLException lostRace(SQLException cause) {
        return new SQLException("A lost race", "40001", cause);
    }

    /** That another inserted a key at the same moment. */
    static final class KeyTaken extends SQLException {
        private static final long serialVersionUID = 1L;

        KeyTaken(String what) {
            super(what, "40001");
        }
    }
}
