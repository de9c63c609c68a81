package dev.watchword.otp.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/** What an SQLSTATE says about a failed statement. */
final class SqlStates {
    /** Serialization failure or deadlock, PostgreSQL's deadlock, and H2's concurrent update of one row. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "90131");

    /** MariaDB: a lock that was waited for too long; a row that changed since the snapshot. Their SQLSTATE says nothing. */
    private static final Set<Integer> LOST_RACES_OF_MARIADB = Set.of(1205, 1020);

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

    /** Whether a key is there already. */
    static boolean isTaken(SQLException exception) {
        String state = exception.getSQLState();
        return UNIQUE_VIOLATION.equals(state)
                || (CONSTRAINT_VIOLATION_OF_MARIADB.equals(state)
                        && exception.getErrorCode() == DUPLICATE_ENTRY_OF_MARIADB);
    }

    /** Whether a row could be inserted whose key must be free. If not, nothing more can be done in the transaction. */
    static boolean inserts(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (isTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** A lost race that a constraint has found. */
    static SQLException lostRace(String what) {
        return new SQLException(what, "40001");
    }
}
