package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to change an enrolment, in one transaction. The enrolment's row is locked from the read to the commit. If
 * the lock cannot be acquired, the attempt reads and commits without it.
 */
final class LockedAttempt implements Attempt {
    private final JdbcTokenStore store;
    private final Sessions sessions;
    private final ServiceId serviceId;
    private final Holder holder;

    /** The session of the open transaction, from the read to the end of the attempt. */
    private @Nullable Session session;

    private boolean autoCommit;

    LockedAttempt(JdbcTokenStore store, Sessions sessions, ServiceId serviceId, Holder holder) {
        this.store = store;
        this.sessions = sessions;
        this.serviceId = serviceId;
        this.holder = holder;
    }

    @Override
    public Optional<Enrolment> find() {
        try {
            Session begun = sessions.openToWrite();
            session = begun;
            autoCommit = Transaction.begin(begun);
            return EnrolmentRow.findLocked(begun, serviceId, holder);
        } catch (SQLException e) {
            close();
            if (SqlStates.isRetriable(e)) {
                return store.find(serviceId, holder);
            }
            throw Sessions.failure("An enrolment could not be read; refuse the request", e);
        }
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        Session begun = session;
        session = null;
        return begun == null
                ? store.commit(change)
                : store.settle(change, () -> {
                    try (begun) {
                        CommitResult result =
                                Transaction.end(begun, autoCommit, () -> Changes.writeBriefly(begun, change));
                        return result == CommitResult.STALE ? Changes.known(begun, change, false) : result;
                    }
                });
    }

    @Override
    public void close() {
        Session begun = session;
        session = null;
        if (begun != null) {
            try (begun) {
                Transaction.endWithoutChange(begun, autoCommit);
            }
        }
    }
}
