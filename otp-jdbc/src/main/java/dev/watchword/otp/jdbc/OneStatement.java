package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change as a single statement. In autocommit mode the statement is a complete transaction. It updates the enrolment
 * first. Its other parts write only if that update found the expected version.
 *
 * <p>On PostgreSQL it is a query with common table expressions. On MariaDB it is a block that begins and commits a
 * transaction, so it cannot be used in an open transaction.
 *
 * <p>This form fits a change that adds no token, user ID or device and ends no software token, and that erases nothing. Every verification is such a change.
 */
final class OneStatement {
    private static final Logger LOG = LoggerFactory.getLogger(OneStatement.class);

    /** The statements that were built. There are few forms. The drivers find their prepared statements by the same text. */
    private static final Map<Form, String> BLOCKS = new ConcurrentHashMap<>();

    private static final Map<Form, String> QUERIES = new ConcurrentHashMap<>();

    private OneStatement() {}

    /** Returns whether a change can be a single statement. */
    static boolean canMake(EnrolmentChange change) {
        return !change.isFirst()
                && !change.allotsUserId()
                && change.broughtTokens().isEmpty()
                && !DeviceTable.isChangedBy(change)
                && !change.erases();
    }

    /**
     * Writes a change in autocommit mode, as a complete transaction. A failure after the execution leaves the outcome
     * unknown, because the statement is committed by then. So does a failure of the execution, unless the server rejected
     * the statement.
     */
    static CommitResult make(Session session, EnrolmentChange change) throws SQLException {
        Connection connection = session.connection();
        boolean autoCommit = DriverCalls.call(connection, connection::getAutoCommit);
        if (!autoCommit) {
            turnOn(connection);
        }
        AtomicBoolean executed = new AtomicBoolean();
        try {
            return write(session, change, executed);
        } catch (SQLException e) {
            if (executed.get() && !SqlStates.isDoubt(e)) {
                throw SqlStates.doubt("The result of a committed statement cannot be read", e);
            }
            if (SqlStates.isLostRace(e)) {
                return CommitResult.STALE;
            }
            throw executed.get() ? e : classified(session, e);
        } finally {
            if (!autoCommit) {
                Transaction.restore(connection, false);
            }
        }
    }

    private static void turnOn(Connection connection) throws SQLException {
        try {
            DriverCalls.run(connection, () -> connection.setAutoCommit(true));
        } catch (SQLException e) {
            throw new NotCommitted(e);
        }
    }

    /**
     * Classifies a failure of the execution. The server stored nothing if it rejected the statement. Otherwise the answer
     * may be lost, and the outcome is unknown.
     */
    private static SQLException classified(Session session, SQLException failure) {
        if (SqlStates.isReadOnly(failure)) {
            Transaction.abort(session, failure);
        }
        boolean rejected = session.product() == Product.MARIADB
                ? SqlStates.isRejectedByMariadb(failure)
                : SqlStates.isRejected(failure);
        if (rejected) {
            return SqlStates.isDoubt(failure) ? new NotCommitted(failure) : failure;
        }
        return SqlStates.isDoubt(failure) ? failure : SqlStates.doubt("The answer to a statement is missing", failure);
    }

    /** Executes the statement in the open transaction. The product must {@linkplain Product#writesAtOnce write at once}. */
    static CommitResult write(Session session, EnrolmentChange change) throws SQLException {
        return write(session, change, new AtomicBoolean());
    }

    /**
     * Executes the statement, and sets the flag after the execution. Throws an unknown outcome if PostgreSQL did not wait
     * for its synchronous standby.
     */
    private static CommitResult write(Session session, EnrolmentChange change, AtomicBoolean executed)
            throws SQLException {
        List<Token> tokens = change.changedTokens();
        List<RecordedEvent> events = change.events();
        Form form = Form.of(change, tokens);
        PreparedStatement statement = session.prepare(
                session.product() == Product.MARIADB
                        ? BLOCKS.computeIfAbsent(form, OneStatement::block)
                        : QUERIES.computeIfAbsent(form, OneStatement::query));
        try {
            Parameters parameters = Parameters.of(statement);
            EnrolmentRow.bindUpdate(parameters, change, form.ofEnrolment());
            for (int i = 0; i < tokens.size(); i++) {
                TokenRow.bindUpdate(
                        parameters, change, tokens.get(i), form.ofTokens().get(i));
            }
            for (RecordedEvent recorded : events) {
                EventRow.values(parameters, change, recorded);
                if (recorded.event().hasWords()) {
                    EventRow.words(parameters, change, recorded);
                }
            }
            ResultSet row = execute(session, statement);
            executed.set(true);
            if (!DriverCalls.call(session.connection(), () -> says(session, row))) {
                return CommitResult.STALE;
            }
            if (session.product() == Product.POSTGRESQL) {
                Transaction.requireReplicated(statement::getWarnings);
            }
            return CommitResult.COMMITTED;
        } finally {
            close(statement);
        }
    }

    /** Returns the answer of the statement, which always has one row. */
    private static boolean says(Session session, ResultSet row) throws SQLException {
        if (!row.next()) {
            throw DriverCalls.noAnswer(session.connection());
        }
        return row.getInt(1) == 1;
    }

    /** Executes the statement. Its only inserts are those of the events. */
    private static ResultSet execute(Session session, PreparedStatement statement) throws SQLException {
        try {
            return DriverCalls.call(session.connection(), statement::executeQuery);
        } catch (SQLException e) {
            throw SqlStates.isTaken(e) ? SqlStates.lostRace(EventRow.NUMBER_TAKEN) : e;
        }
    }

    /** Closes a statement and its result. A failure changes nothing that the statement did. */
    private static void close(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A statement could not be closed", e);
        }
    }

    /**
     * The parts that determine the text of a statement. Equal forms have the same text.
     *
     * @param ofEnrolment the update of the enrolment
     * @param ofTokens the updates of the changed tokens
     * @param withWords for each event, whether it has words
     */
    private record Form(String ofEnrolment, List<String> ofTokens, List<Boolean> withWords) {
        static Form of(EnrolmentChange change, List<Token> tokens) {
            List<String> ofTokens = new ArrayList<>(tokens.size());
            for (Token token : tokens) {
                ofTokens.add(TokenRow.update(change, token));
            }
            List<Boolean> withWords = new ArrayList<>(change.events().size());
            for (RecordedEvent recorded : change.events()) {
                withWords.add(recorded.event().hasWords());
            }
            return new Form(EnrolmentRow.update(change), ofTokens, withWords);
        }
    }

    /**
     * Builds MariaDB's block. An error rolls the transaction back. An error at
     * the commit gets an SQLSTATE that stands for an unknown outcome, unless it is a lost race, which a cluster node reports
     * there.
     */
    private static String block(Form form) {
        StringBuilder sql = new StringBuilder("""
                BEGIN NOT ATOMIC
                DECLARE at_commit BOOLEAN DEFAULT FALSE;
                DECLARE EXIT HANDLER FOR SQLSTATE '40001' BEGIN ROLLBACK; RESIGNAL; END;
                DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN
                ROLLBACK; IF at_commit THEN RESIGNAL SQLSTATE '08007'; END IF; RESIGNAL;
                END;
                START TRANSACTION;
                """).append(form.ofEnrolment()).append(";\nIF ROW_COUNT() = 1 THEN\n");
        for (String ofToken : form.ofTokens()) {
            sql.append(ofToken).append(";\n");
        }
        for (boolean hasWords : form.withWords()) {
            sql.append(EventRow.INSERT).append(";\n");
            if (hasWords) {
                sql.append(EventRow.INSERT_WORDS).append(";\n");
            }
        }
        return sql.append("SET at_commit = TRUE; COMMIT; SELECT 1; ELSE ROLLBACK; SELECT 0; END IF;\nEND")
                .toString();
    }

    /** Builds PostgreSQL's query. */
    private static String query(Form form) {
        StringBuilder sql = new StringBuilder("WITH enrolment AS (" + form.ofEnrolment() + " RETURNING 1)");
        for (int i = 0; i < form.ofTokens().size(); i++) {
            sql.append(", token")
                    .append(i)
                    .append(" AS (")
                    .append(form.ofTokens().get(i));
            sql.append(" AND EXISTS (SELECT 1 FROM enrolment))");
        }
        for (int i = 0; i < form.withWords().size(); i++) {
            sql.append(", event").append(i).append(" AS (").append(EventRow.INTO_EVENTS);
            sql.append("SELECT ").append(EventRow.EVENT).append(" FROM enrolment)");
            if (form.withWords().get(i)) {
                sql.append(", words").append(i).append(" AS (").append(EventRow.INTO_WORDS);
                sql.append("SELECT ").append(EventRow.WORDS).append(" FROM enrolment)");
            }
        }
        return sql.append(" SELECT COUNT(*) FROM enrolment").toString();
    }
}
