package dev.watchword.otp.spring;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that refuses every operation while the thread has an open transaction of the application on the same
 * data source. It refuses before the enrolment is read, so that no evidence is evaluated that cannot be charged.
 */
final class GuardedTokenStore implements TokenStore {
    /** The parts of a store, of which proxies are made. */
    static final List<Class<?>> PARTS = List.of(
            ArchiveStore.class,
            DeviceStore.class,
            FeedStore.class,
            KeyCheckStore.class,
            ListStore.class,
            ReencryptionStore.class,
            StockStore.class);

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
        return outsideOfTransactions().isTaken(serviceId, serial);
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
        return outsideOfTransactions().holders(serviceId, after, limit);
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return outsideOfTransactions().history(serviceId, holder, after, limit);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return store.capability(type).map(part -> type.isInterface() ? guarded(type, part) : part);
    }

    /** Returns a part of the store that refuses in the same way. */
    private <C> C guarded(Class<C> type, C part) {
        Object guarded =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() != Object.class) {
                        TokenStore unused = outsideOfTransactions();
                    }
                    try {
                        return method.invoke(part, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(guarded);
    }
}
