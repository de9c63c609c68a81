package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The statements that write a change, and the query that recognises a change that is already stored. */
final class Changes {
    private static final String FIND = """
            SELECT e.version, v.change_id
            FROM (SELECT 1 AS one) k
            LEFT JOIN otp_enrolment e ON e.service_id = ? AND e.holder = ?
            LEFT JOIN otp_event v ON v.service_id = ? AND v.holder = ? AND v.event_number = ?
            """;

    private Changes() {}

    /**
     * Determines the result of a change whose version condition failed. An earlier submission may already have stored
     * the same change, so this method looks the change up.
     *
     * <p>If it finds the change, or after an unknown outcome, it repeats the lookup in a transaction that also updates
     * the enrolment's row. The commit of that update confirms the result. It waits for everything that an earlier
     * commit did not wait for, such as a synchronous standby.
     *
     * <p>The lookup is the first statement of the transaction. Only before the first statement does a cluster node wait
     * until it has applied the changes that other nodes acknowledged.
     *
     * @throws SQLException if the lookup fails. Also thrown, as an unknown outcome, if neither this change nor a
     *     competing one is stored; the caller submits the change again. The change then lost a race for something other
     *     than the version, such as a user ID, or it reached a node that had not applied the previous version yet.
     *     Also thrown, as an unreadable row, if the version is the expected one although its next event is stored
     */
    static CommitResult known(Session session, EnrolmentChange change, boolean afterDoubt) throws SQLException {
        if (!afterDoubt && winner(session, change) == CommitResult.STALE) {
            return CommitResult.STALE;
        }
        AtomicReference<@Nullable CommitResult> found = new AtomicReference<>();
        CommitResult result;
        try {
            result = Transaction.run(session, () -> {
                found.set(winner(session, change));
                EnrolmentRow.touch(session, change.after());
                return requireNonNull(found.get());
            });
        } catch (NothingStored e) {
            throw SqlStates.doubt("The lookup of a change was not confirmed; an earlier submission may be stored", e);
        }
        if (result != found.get()) {
            throw SqlStates.doubt(
                    "Another transaction changed the enrolment during the lookup of a change; submit the change again",
                    null);
        }
        return result;
    }

    private static CommitResult winner(Session session, EnrolmentChange change) throws SQLException {
        Standing standing = standing(session, change);
        if (standing.known()) {
            return CommitResult.COMMITTED;
        }
        standing.requireNotOlderThanItsHistory(change);
        if (standing.version() == change.before().version()) {
            throw SqlStates.doubt(
                    "Neither the change nor a competing one is stored yet; submit the change again", null);
        }
        return CommitResult.STALE;
    }

    /**
     * Determines the result of a stale change in a transaction of the application, as {@link #known} does. If no change is
     * stored, the result is stale.
     */
    static CommitResult knownInTransaction(Session session, EnrolmentChange change) throws SQLException {
        Standing standing = standing(session, change);
        if (standing.known()) {
            return CommitResult.COMMITTED;
        }
        standing.requireNotOlderThanItsHistory(change);
        return CommitResult.STALE;
    }

    private static Standing standing(Session session, EnrolmentChange change) throws SQLException {
        return session.only(
                FIND,
                parameters -> parameters
                        .key(change.after().serviceId(), change.after().holder())
                        .key(change.after().serviceId(), change.after().holder())
                        .number(change.events().get(0).event().number()),
                row -> standing(row.getLong(1), row.getString(2), change));
    }

    private static Standing standing(long version, @Nullable String changeId, EnrolmentChange change) {
        boolean known = change.id().toString().equals(changeId);
        return new Standing(version, known, changeId != null && !known);
    }

    /**
     * The stored version of an enrolment, whether the change in question is stored, and whether another change has the number
     * of its first event. The version is 0 if there is no enrolment.
     */
    private record Standing(long version, boolean known, boolean overtaken) {
        /** Throws an {@link UnreadableRow} if the version is the expected one although the next event is stored. */
        void requireNotOlderThanItsHistory(EnrolmentChange change) throws UnreadableRow {
            if (overtaken && version == change.before().version()) {
                throw new UnreadableRow(
                        "The enrolment of holder " + change.before().holder()
                                + " is older than its history: an old copy"
                                + " of its rows was put back. Investigate, then restore the holder's rows from one backup",
                        null);
            }
        }
    }

    /** Writes a change within the open transaction. Uses a single statement if the product and the change allow it. */
    static CommitResult writeBriefly(Session session, EnrolmentChange change) throws SQLException {
        return session.writesAtOnce() && OneStatement.canMake(change)
                ? OneStatement.write(session, change)
                : write(session, change);
    }

    /**
     * Writes a change within the open transaction, beginning with the enrolment's row. The version condition on that
     * row decides the race, and the row lock holds until the end of the transaction.
     */
    static CommitResult write(Session session, EnrolmentChange change) throws SQLException {
        Enrolment after = change.after();
        if (!EnrolmentRow.write(session, change)) {
            return CommitResult.STALE;
        }
        if (change.allotsUserId() && !UserIdRow.claim(session, after)) {
            return CommitResult.USER_ID_TAKEN;
        }
        for (Token token : change.broughtTokens()) {
            CommitResult taken = SerialTable.take(session, change, token);
            if (taken != CommitResult.COMMITTED) {
                return taken;
            }
            TokenRow.insert(session, after, token);
        }
        for (Token token : change.changedTokens()) {
            TokenRow.update(session, change, token);
        }
        DeviceTable.write(session, change);
        EventRow.insertAll(session, change);
        return CommitResult.COMMITTED;
    }
}
