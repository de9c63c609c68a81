package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
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
    static CommitResult known(Session session, EnrolmentChange change, boolean afterDoubt) throws SQLException {
        if (!afterDoubt) {
            return isKnown(session, change) ? CommitResult.COMMITTED : CommitResult.STALE;
        }
        return Transaction.run(session.connection(), () -> {
            EnrolmentRow.touch(session, change.after());
            return isKnown(session, change) ? CommitResult.COMMITTED : CommitResult.STALE;
        });
    }

    /** Writes a change within a transaction, by as few statements as the product can. */
    static CommitResult writeBriefly(Session session, EnrolmentChange change) throws SQLException {
        return session.product().writesAtOnce() && OneStatement.canMake(change)
                ? OneStatement.write(session, change)
                : write(session, change);
    }

    /** The version first: it decides, and its row stays locked until the end. */
    static CommitResult write(Session session, EnrolmentChange change) throws SQLException {
        Enrolment after = change.after();
        if (!EnrolmentRow.write(session, change)) {
            return CommitResult.STALE;
        }
        if (change.allotsUserId() && !claimUserId(session, after)) {
            return CommitResult.USER_ID_TAKEN;
        }
        for (Token token : change.broughtTokens()) {
            CommitResult taken = SerialTable.take(session, after, token);
            if (taken != CommitResult.COMMITTED) {
                return taken;
            }
            TokenRow.insert(session, after, token);
        }
        for (Token token : change.changedTokens()) {
            TokenRow.update(session, change, token);
        }
        EventRow.insertAll(session, change);
        return CommitResult.COMMITTED;
    }

    private static boolean claimUserId(Session session, Enrolment after) throws SQLException {
        return session.inserts(
                INSERT_USER_ID,
                parameters -> parameters
                        .key(after.serviceId(), after.holder())
                        .text(requireNonNull(after.userId()).value()));
    }

    /** Whether a change that came too late had been stored before. */
    static boolean isKnown(Session session, EnrolmentChange change) throws SQLException {
        return session.exists(
                IS_KNOWN,
                parameters -> parameters
                        .key(change.after().serviceId(), change.after().holder())
                        .number(change.events().get(0).event().number())
                        .text(change.id().toString()));
    }
}
