package dev.watchword.otp.lifecycle.support;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.util.Optional;

/** A view in a transaction that is committed after each operation. */
public final class OneOperation implements TransactionStore {
    private final TokenStore store;

    public OneOperation(TokenStore store) {
        this.store = store;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return store.find(serviceId, holder);
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return store.attempt(serviceId, holder);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return Optional.empty();
    }
}
