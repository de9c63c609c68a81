package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A view of the store in a transaction of the application. It undoes a refused change by a rollback to a savepoint, and
 * the transaction can continue. After a failure it refuses all further work, and the application must roll the
 * transaction back.
 */
final class PartOfTransaction implements TokenStore {
    private final Session session;
    private final Connection connection;
    private boolean failed;

    PartOfTransaction(Session session) {
        this.session = session;
        this.connection = session.connection();
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs one operation. After any exception, checked or unchecked, every later operation is refused. */
    private <T> T work(Work<T> work) {
        try {
            if (failed) {
                throw new IllegalStateException(
                        "The store failed earlier in this transaction; roll it back and begin another one");
            }
            failed = true;
            if (connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "The connection is in autocommit mode; keep autocommit off until the transaction ends");
            }
            T result = work.run();
            failed = false;
            return result;
        } catch (SQLException e) {
            throw SqlStates.isLostRace(e)
                    ? new LostRaceException(
                            "This transaction lost a race; roll it back and repeat the whole transaction", e)
                    : Sessions.failure("The store failed; roll the transaction back and refuse the request", e);
        }
    }

    /**
     * Finds an enrolment and locks its row. A plain read first checks that the row exists. On MariaDB a locking read of
     * a missing row would block other transactions that enrol the holder.
     */
    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return work(() -> EnrolmentRow.find(session, EnrolmentRow.FIND_BY_HOLDER, serviceId, holder.value())
                        .isEmpty()
                ? Optional.empty()
                : EnrolmentRow.findLocked(session, serviceId, holder));
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return work(() -> {
            Optional<Enrolment> found =
                    EnrolmentRow.find(session, EnrolmentRow.FIND_BY_USER_ID, serviceId, userId.value());
            return found.isEmpty()
                    ? found
                    : EnrolmentRow.findLocked(session, serviceId, found.get().holder());
        });
    }

    /**
     * Begins an attempt whose first read takes the lock. By then another transaction has enrolled the holder, perhaps
     * after this transaction's snapshot. A plain read of the snapshot would not show that row.
     */
    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return new Attempt() {
            @Override
            public Optional<Enrolment> find() {
                return work(() -> EnrolmentRow.findLocked(session, serviceId, holder));
            }

            @Override
            public CommitResult commit(EnrolmentChange change) {
                return PartOfTransaction.this.commit(change);
            }

            @Override
            public void close() {
                // the row stays locked until the end of the application's transaction
            }
        };
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return work(() -> {
            CommitResult result = write(change, connection.setSavepoint());
            return result == CommitResult.STALE ? Changes.knownInTransaction(session, change) : result;
        });
    }

    /**
     * Writes a change, or undoes it by a rollback to the savepoint. No part of a refused or failed change remains, even
     * if the application commits.
     */
    private CommitResult write(EnrolmentChange change, Savepoint savepoint) throws SQLException {
        CommitResult result;
        try {
            result = Changes.writeBriefly(session, change);
        } catch (SqlStates.KeyTaken e) {
            connection.rollback(savepoint);
            return CommitResult.STALE;
        } catch (SQLException | RuntimeException e) {
            undo(savepoint, e);
            throw e;
        }
        if (result == CommitResult.COMMITTED || result == CommitResult.STALE) {
            connection.releaseSavepoint(savepoint);
        } else {
            connection.rollback(savepoint);
        }
        return result;
    }

    private void undo(Savepoint savepoint, Exception why) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            why.addSuppressed(e); // the whole transaction was rolled back, or the connection is broken
        }
    }

    /** The stock is a capability of the store, but only its reading takes part in the transaction. */
    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type == StockStore.class ? Optional.of(type.cast(new StockOfTransaction(this))) : Optional.empty();
    }

    Optional<StockedToken> findInStock(ServiceId serviceId, SerialNumber serial) {
        return work(() -> SerialTable.findInStock(session, serviceId, serial));
    }

    Optional<StockState> stateOfStock(ServiceId serviceId, SerialNumber serial) {
        return work(() -> SerialTable.state(session, serviceId, serial));
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return work(() -> SerialTable.isTaken(session, serviceId, serial));
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return work(() -> EnrolmentRow.holders(session, serviceId, after, limit));
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return work(() -> EventRow.history(session, serviceId, holder, after, limit));
    }
}
