package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a change is written in a transaction, statement by statement, and known again. */
final class Changes {
    private static final String IS_KNOWN =
            "SELECT 1 FROM otp_event WHERE service_id = ? AND holder = ? AND event_number = ? AND change_id = ?";

    private static final String INSERT_USER_ID =
            "INSERT INTO otp_user_id (service_id, holder, user_id) VALUES (?, ?, ?)";

    private Changes() {}

    /**
     * What came too late may have been stored before. After a doubt that is asked within a change of the enrolment, whose commit
     * waits for all that the first one did not wait for.
     */
    static CommitResult known(Connection connection, EnrolmentChange change, boolean afterDoubt) throws SQLException {
        if (!afterDoubt) {
            return isKnown(connection, change) ? CommitResult.COMMITTED : CommitResult.STALE;
        }
        return Transaction.run(connection, () -> {
            EnrolmentRow.touch(connection, change.after());
            return isKnown(connection, change) ? CommitResult.COMMITTED : CommitResult.STALE;
        });
    }

    /** Writes a change within a transaction, by as few statements as the product can. */
    static CommitResult write(Connection connection, Product product, EnrolmentChange change) throws SQLException {
        return product.writesAtOnce() && OneStatement.canMake(change)
                ? OneStatement.write(connection, change)
                : write(connection, change);
    }

    /** The version first: it decides, and its row stays locked until the end. */
    static CommitResult write(Connection connection, EnrolmentChange change) throws SQLException {
        Enrolment after = change.after();
        if (!EnrolmentRow.write(connection, change)) {
            return CommitResult.STALE;
        }
        if (change.allotsUserId() && !claimUserId(connection, after)) {
            return CommitResult.USER_ID_TAKEN;
        }
        for (Token token : change.broughtTokens()) {
            CommitResult taken = SerialTable.take(connection, after, token);
            if (taken != CommitResult.COMMITTED) {
                return taken;
            }
            TokenRow.insert(connection, after, token);
        }
        for (Token token : change.changedTokens()) {
            TokenRow.update(connection, change, token);
        }
        EventRow.insertAll(connection, change);
        return CommitResult.COMMITTED;
    }

    private static boolean claimUserId(Connection connection, Enrolment after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_USER_ID)) {
            Parameters.of(statement)
                    .key(after.serviceId(), after.holder())
                    .text(requireNonNull(after.userId()).value());
            return SqlStates.inserts(statement);
        }
    }

    /** Whether a change that came too late had been stored before. */
    static boolean isKnown(Connection connection, EnrolmentChange change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_KNOWN)) {
            Parameters.of(statement)
                    .key(change.after().serviceId(), change.after().holder())
                    .number(change.events().get(0).event().number())
                    .text(change.id().toString());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
