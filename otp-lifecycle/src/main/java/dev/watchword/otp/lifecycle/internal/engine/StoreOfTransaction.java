package dev.watchword.otp.lifecycle.internal.engine;

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
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A view within a transaction of the application, as a store for the engine. It has the methods that the view's operations call. */
public final class StoreOfTransaction implements TokenStore {
    private final TransactionStore view;

    public StoreOfTransaction(TransactionStore view) {
        this.view = view;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return view.find(serviceId, holder);
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return view.attempt(serviceId, holder);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return view.capability(type);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        throw outside();
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        throw outside();
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        throw outside();
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        throw outside();
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        throw outside();
    }

    private static UnsupportedOperationException outside() {
        return new UnsupportedOperationException(
                "A transaction of the application reads and changes single enrolments; use the institution on the store");
    }
}
