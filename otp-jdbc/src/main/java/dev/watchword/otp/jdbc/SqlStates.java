package dev.watchword.otp.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/** What an SQLSTATE says about a failed statement. */
final class SqlStates {
    /** Serialization failure or deadlock, and H2's concurrent update of one row. */
    private static final Set<String> LOST_RACES = Set.of("40001", "90131");

    private static final String CONSTRAINT_VIOLATION = "23";

    private SqlStates() {}

    /** Whether another transaction was faster, and this one was not carried out. */
    static boolean isLostRace(SQLException exception) {
        return exception.getSQLState() != null && LOST_RACES.contains(exception.getSQLState());
    }

    static boolean isConstraintViolation(SQLException exception) {
        return exception.getSQLState() != null && exception.getSQLState().startsWith(CONSTRAINT_VIOLATION);
    }

    /** Whether a row could be inserted whose key must be free. */
    static boolean inserts(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (isConstraintViolation(e)) {
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
