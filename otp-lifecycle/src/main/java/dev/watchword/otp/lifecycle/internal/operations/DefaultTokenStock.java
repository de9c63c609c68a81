package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.MissingExpiry;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The stock of an institution, through the stock part of its store. */
public final class DefaultTokenStock implements TokenStock {
    private final Context context;
    private final StockStore store;

    public DefaultTokenStock(Context context) {
        this.context = context;
        store = context.require(StockStore.class);
    }

    @Override
    public Outcome<Imported> importBatch(
            BatchId batch, SeedReader file, MissingExpiry missingExpiry, LongConsumer progress) {
        if (file.hasBegun()) {
            throw new IllegalArgumentException(
                    "file must be a reader from which no record was taken, because a batch is imported whole");
        }
        BatchImport running = new BatchImport(context, store, batch, missingExpiry, progress);
        if (!running.begins()) {
            return Refused.of(Refusal.BATCH_TAKEN);
        }
        try {
            while (file.hasNext()) {
                running.take(file.next());
            }
        } catch (SeedFileException e) {
            running.discard();
            throw e;
        }
        return running.finish();
    }

    @Override
    public Optional<StockState> state(@Nullable String serial) {
        return SerialNumber.parse(serial).flatMap(number -> store.state(context.serviceId(), number));
    }
}
