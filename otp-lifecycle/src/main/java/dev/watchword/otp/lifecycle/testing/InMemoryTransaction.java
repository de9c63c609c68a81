package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A transaction on an {@link InMemoryTokenStore}, for tests of applications. Its changes are visible to the transaction alone until
 * {@link #commit}. It locks nothing: if another transaction was faster, the commit throws a {@link LostRaceException} and stores
 * nothing. Not thread-safe.
 */
public final class InMemoryTransaction implements TransactionStore {
    private record Key(ServiceId serviceId, Holder holder) {}

    private final InMemoryTokenStore store;
    private final Map<Key, Enrolment> changed = new HashMap<>();
    private final List<EnrolmentChange> changes = new ArrayList<>();
    private boolean ended;

    InMemoryTransaction(InMemoryTokenStore store) {
        this.store = store;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        requireOpen();
        Enrolment here = changed.get(new Key(serviceId, holder));
        return here == null ? store.find(serviceId, holder) : Optional.of(here);
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return new Attempt() {
            @Override
            public Optional<Enrolment> find() {
                return InMemoryTransaction.this.find(serviceId, holder);
            }

            @Override
            public CommitResult commit(EnrolmentChange change) {
                return add(change);
            }

            @Override
            public void close() {
                // nothing was locked
            }
        };
    }

    private CommitResult add(EnrolmentChange change) {
        Enrolment after = change.after();
        long version =
                find(after.serviceId(), after.holder()).map(Enrolment::version).orElse(0L);
        if (version != change.before().version()) {
            return CommitResult.STALE;
        }
        Optional<CommitResult> conflict = store.conflict(change);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        changes.add(change);
        changed.put(new Key(after.serviceId(), after.holder()), after);
        return CommitResult.COMMITTED;
    }

    /** Offers the stock for reading. It shows the tokens as last committed. */
    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type == StockStore.class ? Optional.of(type.cast(new Stock())) : Optional.empty();
    }

    /**
     * Stores all changes of this transaction, and ends it.
     *
     * @throws LostRaceException if another transaction was faster; nothing is stored
     * @throws IllegalStateException if the transaction has ended
     */
    public void commit() {
        requireOpen();
        ended = true;
        synchronized (store) {
            Map<Key, Long> versions = new HashMap<>();
            for (EnrolmentChange change : changes) {
                Enrolment after = change.after();
                long version = requireNonNull(versions.computeIfAbsent(
                        new Key(after.serviceId(), after.holder()),
                        key -> store.find(key.serviceId, key.holder)
                                .map(Enrolment::version)
                                .orElse(0L)));
                if (version != change.before().version()
                        || store.conflict(change).isPresent()) {
                    throw new LostRaceException("Another transaction was faster; repeat the whole transaction", null);
                }
                versions.put(new Key(after.serviceId(), after.holder()), after.version());
            }
            for (EnrolmentChange change : changes) {
                CommitResult result = store.commit(change);
                if (result != CommitResult.COMMITTED) {
                    throw new IllegalStateException("A checked change was not stored: " + result);
                }
            }
        }
    }

    /** Drops all changes of this transaction, and ends it. Does nothing if it has ended. */
    public void rollback() {
        ended = true;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("The transaction has ended; begin another one");
        }
    }

    private final class Stock implements StockStore {
        @Override
        public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
            return store.find(serviceId, serial);
        }

        @Override
        public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
            return store.state(serviceId, serial);
        }

        @Override
        public boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
            throw outside();
        }

        @Override
        public boolean begin(ServiceId serviceId, BatchId batch, UUID importId) {
            throw outside();
        }

        @Override
        public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
            throw outside();
        }

        @Override
        public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
            throw outside();
        }

        @Override
        public void discard(ServiceId serviceId, BatchId batch, UUID importId) {
            throw outside();
        }

        private static UnsupportedOperationException outside() {
            return new UnsupportedOperationException(
                    "Import batches on the store itself, not within a transaction of the application");
        }
    }
}
