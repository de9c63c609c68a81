package dev.watchword.otp.spring;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that refuses the operations of holders and operators while the thread has an open transaction of the application on the same
 * data source. It refuses before the enrolment is read, so that no evidence is evaluated that cannot be charged.
 */
final class GuardedTokenStore implements TokenStore {
    private final TokenStore store;
    private final StoreDataSource dataSource;

    GuardedTokenStore(TokenStore store, StoreDataSource dataSource) {
        this.store = store;
        this.dataSource = dataSource;
    }

    private TokenStore outsideOfTransactions() {
        if (dataSource.hasOpenTransaction()) {
            throw new EvidenceInTransactionException();
        }
        return store;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return outsideOfTransactions().find(serviceId, holder);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return outsideOfTransactions().find(serviceId, userId);
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return store.isTaken(serviceId, serial);
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return outsideOfTransactions().commit(change);
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return outsideOfTransactions().attempt(serviceId, holder);
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return store.holders(serviceId, after, limit);
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return store.history(serviceId, holder, after, limit);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return store.capability(type);
    }
}
