package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A change as one statement of PostgreSQL, which is a transaction by itself: the enrolment first, and the rest only if the version
 * still held. For what brings no token and no words, which is every verification.
 */
final class OneStatement {
    private OneStatement() {}

    /** Whether a change can be made so. */
    static boolean canMake(EnrolmentChange change) {
        return !change.isFirst()
                && !change.allotsUserId()
                && change.broughtTokens().isEmpty()
                && change.events().stream()
                        .allMatch(recorded -> recorded.event().reason() == null)
                && !change.erases();
    }

    /** Makes a change in a transaction of its own. */
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

    /** Carries the statement out, in the transaction that there is, or as one by itself. */
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

    /** The statement for the tokens that change, and so many events. */
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
