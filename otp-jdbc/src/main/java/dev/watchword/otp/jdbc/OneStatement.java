package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A change as a single PostgreSQL statement. In autocommit mode the statement is a complete transaction. It updates the
 * enrolment first. Its other parts write only if that update found the expected version.
 *
 * <p>This form fits a change that adds no token, no user ID and no operator's text, and that erases nothing. Every
 * verification is such a change.
 */
final class OneStatement {
    private OneStatement() {}

    /** Returns whether a change can be a single statement. */
    static boolean canMake(EnrolmentChange change) {
        return !change.isFirst()
                && !change.allotsUserId()
                && change.broughtTokens().isEmpty()
                && change.events().stream()
                        .allMatch(recorded -> recorded.event().reason() == null)
                && !change.erases();
    }

    /** Writes a change in autocommit mode, as a complete transaction. */
    static CommitResult make(Session session, EnrolmentChange change) throws SQLException {
        Connection connection = session.connection();
        boolean autoCommit = connection.getAutoCommit();
        if (!autoCommit) {
            connection.setAutoCommit(true);
        }
        try {
            return write(session, change);
        } catch (SQLException e) {
            if (SqlStates.isLostRace(e)) {
                return CommitResult.STALE;
            }
            throw e;
        } finally {
            if (!autoCommit) {
                Transaction.restore(connection, false);
            }
        }
    }

    /**
     * Executes the statement in the open transaction, or as a complete transaction if the connection is in autocommit
     * mode. Throws an unknown outcome if PostgreSQL did not wait for its synchronous standby.
     */
    static CommitResult write(Session session, EnrolmentChange change) throws SQLException {
        List<Token> tokens = change.changedTokens();
        List<RecordedEvent> events = change.events();
        try (PreparedStatement statement = session.prepare(sql(change, tokens, events.size()))) {
            Parameters parameters = Parameters.of(statement);
            EnrolmentRow.bindUpdate(parameters, change);
            for (Token token : tokens) {
                TokenRow.bindUpdate(parameters, change, token);
            }
            for (RecordedEvent event : events) {
                EventRow.values(parameters, change, event);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getInt(1) == 0) {
                    return CommitResult.STALE;
                }
            }
            Transaction.requireReplicated(statement.getWarnings());
            return CommitResult.COMMITTED;
        }
    }

    /** Builds the statement for the changed tokens and a number of events. */
    private static String sql(EnrolmentChange change, List<Token> tokens, int events) {
        StringBuilder sql = new StringBuilder("WITH enrolment AS (" + EnrolmentRow.update(change) + " RETURNING 1)");
        for (int i = 0; i < tokens.size(); i++) {
            sql.append(", token").append(i).append(" AS (").append(TokenRow.update(change, tokens.get(i)));
            sql.append(" AND EXISTS (SELECT 1 FROM enrolment))");
        }
        for (int i = 0; i < events; i++) {
            sql.append(", event").append(i).append(" AS (").append(EventRow.INTO_EVENTS);
            sql.append("SELECT ").append(EventRow.EVENT).append(" FROM enrolment)");
        }
        return sql.append(" SELECT COUNT(*) FROM enrolment").toString();
    }
}
