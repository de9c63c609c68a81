package dev.watchword.otp.lifecycle.support;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that forwards to another one. Subclasses override single methods. */
public class ForwardingStore implements TokenStore {
    private final TokenStore store;

    public ForwardingStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return store.find(serviceId, holder);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return store.find(serviceId, userId);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return store.capability(type);
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return store.isTaken(serviceId, serial);
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return store.commit(change);
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return store.history(serviceId, holder, after, limit);
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return store.holders(serviceId, after, limit);
    }
}
