package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The stock within a transaction of the application: tokens are read there, and batches change only outside of it. */
final class StockOfTransaction implements StockStore {
    private final BiFunction<ServiceId, SerialNumber, Optional<StockedToken>> reader;

    StockOfTransaction(BiFunction<ServiceId, SerialNumber, Optional<StockedToken>> reader) {
        this.reader = reader;
    }

    @Override
    public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
        return reader.apply(serviceId, serial);
    }

    @Override
    public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, List<StockedToken> tokens) {
        throw outside();
    }

    @Override
    public boolean publish(ServiceId serviceId, BatchId batch, int size) {
        throw outside();
    }

    @Override
    public void discard(ServiceId serviceId, BatchId batch) {
        throw outside();
    }

    @Override
    public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        throw outside();
    }

    private static UnsupportedOperationException outside() {
        return new UnsupportedOperationException(
                "Import and list the stock on the store itself, not within a transaction of the application");
    }
}
