package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.stock.SeedReader;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The fobs of one institution that no holder has yet. They come in batches, as their maker delivers them, and are taken out
 * by {@link OperatorDesk#assign}. Safe for use by several threads.
 */
public final class FobStock {
    private final ServiceId serviceId;
    private final StockStore store;
    private final Clock clock;
    private final SecretSealer sealer;

    private FobStock(ServiceId serviceId, StockStore store, Clock clock, SecretSealer sealer) {
        this.serviceId = serviceId;
        this.store = store;
        this.clock = clock;
        this.sealer = sealer;
    }

    /**
     * Creates the stock of an institution.
     *
     * @param serviceId the institution
     * @param store where its fobs are kept: the store of its tokens
     * @param keys where the keys come from that seal their secrets: those of its tokens
     * @param clock the time
     * @param random the source of randomness
     * @return the stock
     */
    public static FobStock of(ServiceId serviceId, StockStore store, KeySource keys, Clock clock, SecureRandom random) {
        SecretSealer sealer = new SecretSealer(
                requireNonNull(keys, "keys"), requireNonNull(serviceId, "serviceId"), requireNonNull(random, "random"));
        return new FobStock(serviceId, requireNonNull(store, "store"), requireNonNull(clock, "clock"), sealer);
    }

    /**
     * Imports a batch: reads the file to its end, stages its fobs a thousand at a time, and publishes them at once. If any
     * record is bad, nothing of the batch is in stock afterwards, and its serial numbers are free again. A record is bad if
     * the file's reader says so; if the fob has no expiry or is past it, or has a drift beyond all bounds;
     * or if its serial number is taken or came before.
     *
     * <p>An import that an exception or the death of the process cut short is done again from the beginning, under the same
     * name; until then none of its fobs is in stock. Memory does not grow with the file.
     *
     * @param batch the name of the batch, which no published one has
     * @param file what to read; left open
     * @param progress is told after each thousand how many good fobs were staged so far
     * @return imported, or not, with what is wrong
     * @throws SeedFileException if the file cannot be read to its end; nothing of it is in stock, or staged
     * @throws IllegalStateException if the batch is published already
     * @throws WatchwordException if the infrastructure fails
     */
    public ImportOutcome importBatch(BatchId batch, SeedReader file, LongConsumer progress) {
        BatchImport running = new BatchImport(serviceId, store, sealer, clock.instant(), batch, progress);
        running.begin();
        try {
            while (file.hasNext()) {
                running.take(file.next());
            }
        } catch (SeedFileException e) {
            store.discard(serviceId, batch);
            throw e;
        }
        return running.finish();
    }

    /**
     * Tells how a fob stands.
     *
     * @param serial its serial number
     * @return its state, or empty if no batch ever brought it
     * @throws StorageException if the store fails
     */
    public Optional<StockState> state(SerialNumber serial) {
        return store.state(serviceId, serial);
    }
}
