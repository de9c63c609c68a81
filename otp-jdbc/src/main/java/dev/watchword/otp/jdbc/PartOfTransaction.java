package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;

/**
 * A view of the store in a transaction of the application. It undoes a refused change by a rollback to a savepoint, and
 * the transaction can continue. After a failure it refuses all further work, and the application must roll the
 * transaction back.
 */
final class PartOfTransaction implements TransactionStore {
    private final Session session;
    private final Connection connection;
    private boolean failed;
    private boolean lostRace;

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

    /** A plain read, which locks nothing and works in a read-only transaction. */
    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return work(() -> EnrolmentRow.find(session, serviceId, holder));
    }

    /**
     * Begins an attempt whose read takes the lock. A plain read first checks that the row exists: on MariaDB a locking read of a
     * missing row would block other transactions that enrol the holder. After a lost race the row may exist although the snapshot
     * of this transaction does not show it, so later attempts lock at once.
     */
    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return new Attempt() {
            @Override
            public Optional<Enrolment> find() {
                return work(() -> lostRace || exists(serviceId, holder)
                        ? EnrolmentRow.findLocked(session, serviceId, holder)
                        : Optional.empty());
            }

            @Override
            public CommitResult commit(EnrolmentChange change) {
                CommitResult result = PartOfTransaction.this.commit(change);
                lostRace |= result == CommitResult.STALE;
                return result;
            }

            @Override
            public void close() {
                // the row stays locked until the end of the application's transaction
            }
        };
    }

    private boolean exists(ServiceId serviceId, Holder holder) throws SQLException {
        return EnrolmentRow.find(session, serviceId, holder).isPresent();
    }

    private CommitResult commit(EnrolmentChange change) {
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
}
