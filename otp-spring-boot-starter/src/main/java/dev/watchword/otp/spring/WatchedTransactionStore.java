package dev.watchword.otp.spring;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view of the store that remembers the failure of an operation, after which the transaction must not commit. For one thread. */
final class WatchedTransactionStore implements TransactionStore {
    private final TransactionStore view;
    private @Nullable RuntimeException failure;

    WatchedTransactionStore(TransactionStore view) {
        this.view = view;
    }

    /** The first failure of an operation, or null. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    private <T> T watched(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            remember(e);
            throw e;
        }
    }

    private void remember(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
    }

    @Override
    public void failed(WatchwordException e) {
        remember(e);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return watched(() -> view.find(serviceId, holder));
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        Attempt attempt = watched(() -> view.attempt(serviceId, holder));
        return new Attempt() {
            @Override
            public Optional<Enrolment> find() {
                return watched(attempt::find);
            }

            @Override
            public CommitResult commit(EnrolmentChange change) {
                return watched(() -> attempt.commit(change));
            }

            @Override
            public void close() {
                attempt.close();
            }
        };
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return view.capability(type);
    }
}
