package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How a change is written in a transaction, statement by statement, and known again. */
final class Changes {
    private static final String FIND = """
            SELECT e.version, v.change_id
            FROM otp_enrolment e
            LEFT JOIN otp_event v ON v.service_id = e.service_id AND v.holder = e.holder
                AND v.event_number = ? AND v.change_id = ?
            WHERE e.service_id = ? AND e.holder = ?
            """;

    private static final String INSERT_USER_ID =
            "INSERT INTO otp_user_id (service_id, holder, user_id) VALUES (?, ?, ?)";

    private Changes() {}

    /**
     * What came too late may have been stored before, and after a doubt it is asked whether it was. That is asked, and whatever
     * was stored is confirmed, within a change of the enrolment, whose commit waits for all that the first one did not wait for. It
     * is asked first, since the first statement of a transaction is the one for which a node of a cluster waits until it has what
     * other nodes acknowledged.
     *
     * @throws SQLException also as a doubt, if nobody has won yet and the change is to be submitted again: it lost a race for
     *     something else than the version, such as a user ID, or met a node that had not heard of the version before it
     */
    static CommitResult known(Session session, EnrolmentChange change, boolean afterDoubt) throws SQLException {
        if (!afterDoubt && winner(session, change) == CommitResult.STALE) {
            return CommitResult.STALE;
        }
        AtomicReference<@Nullable CommitResult> found = new AtomicReference<>();
        CommitResult result = Transaction.run(session.connection(), () -> {
            found.set(winner(session, change));
            EnrolmentRow.touch(session, change.after());
            return requireNonNull(found.get());
        });
        if (result != found.get()) {
            throw SqlStates.doubt("Another was faster while it was asked what became of a change", null);
        }
        return result;
    }

    private static CommitResult winner(Session session, EnrolmentChange change) throws SQLException {
        Standing standing = standing(session, change);
        if (standing.known()) {
            return CommitResult.COMMITTED;
        }
        if (standing.version() == change.before().version()) {
            throw SqlStates.doubt("Neither a change nor a competitor has been stored yet", null);
        }
        return CommitResult.STALE;
    }

    /** Whether a change that came too late had been stored before. */
    static boolean isKnown(Session session, EnrolmentChange change) throws SQLException {
        return standing(session, change).known();
    }

    private static Standing standing(Session session, EnrolmentChange change) throws SQLException {
        return session.first(
                        FIND,
                        parameters -> parameters
                                .number(change.events().get(0).event().number())
                                .text(change.id().toString())
                                .key(change.after().serviceId(), change.after().holder()),
                        row -> new Standing(row.getLong(1), row.getString(2) != null))
                .orElse(new Standing(0, false));
    }

    /** The version that is stored, and whether a change was stored on the way to it. */
    private record Standing(long version, boolean known) {}

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
}
