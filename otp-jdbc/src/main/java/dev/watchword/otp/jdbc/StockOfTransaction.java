package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The stock within a transaction of the application: tokens are read there, and batches change only outside of it. */
final class StockOfTransaction implements StockStore {
    private final PartOfTransaction store;

    StockOfTransaction(PartOfTransaction store) {
        this.store = store;
    }

    @Override
    public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
        return store.findInStock(serviceId, serial);
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

    @Override
    public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        return store.stateOfStock(serviceId, serial);
    }

    @Override
    public boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
        throw outside();
    }

    private static UnsupportedOperationException outside() {
        return new UnsupportedOperationException(
                "Import batches and withdraw tokens on the store itself, not within a transaction of the application");
    }
}
