package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stock of an institution: hardware tokens without a holder. They arrive in batches, as their manufacturer delivers them. An
 * operator assigns them to orders. Thread-safe.
 */
public interface TokenStock {
    /**
     * Imports a batch. Reads the file to its end, stages its tokens a thousand at a time, and publishes them at once. If any
     * record is bad, nothing of the batch is in stock afterwards, and its serial numbers are free again. A record is bad if the
     * reader of the file says so, if the token has no expiry or has expired, if its drift is beyond
     * {@link dev.watchword.otp.TotpWindow#MAX_DRIFT}, or if its serial number is taken or repeated.
     *
     * <p>After an exception or the death of the process, import the file again under the same name. Until then none of its tokens
     * is in stock. Memory does not grow with the file.
     *
     * @param batch the name of the batch
     * @param file a reader that has not returned a record yet; it stays open
     * @param progress receives the number of staged tokens after each thousand
     * @return the imported batch, or refused: with the bad records, or because a published batch has this name
     * @throws SeedFileException if the file cannot be read to its end; nothing of it is in stock or staged
     * @throws IllegalArgumentException if a record was taken from the file before
     * @throws LostRaceException if another import of the same batch began during this one; nothing of this import is in stock
     * @throws WatchwordException if the infrastructure fails
     */
    default Outcome<Imported> importBatch(BatchId batch, SeedReader file, LongConsumer progress) {
        return importBatch(batch, file, MissingExpiry.REFUSED, progress);
    }

    /**
     * Imports a batch like {@link #importBatch(BatchId, SeedReader, LongConsumer)}. Tokens without an expiry in the file get
     * {@code missingExpiry}.
     *
     * @param batch the name of the batch
     * @param file a reader that has not returned a record yet; it stays open
     * @param missingExpiry the expiry of tokens whose file states none
     * @param progress receives the number of staged tokens after each thousand
     * @return the imported batch, or refused: with the bad records, or because a published batch has this name
     * @throws SeedFileException if the file cannot be read to its end; nothing of it is in stock or staged
     * @throws IllegalArgumentException if a record was taken from the file before
     * @throws LostRaceException if another import of the same batch began during this one; nothing of this import is in stock
     * @throws WatchwordException if the infrastructure fails
     */
    Outcome<Imported> importBatch(BatchId batch, SeedReader file, MissingExpiry missingExpiry, LongConsumer progress);

    /**
     * Returns the state of a token in stock.
     *
     * @param serial the serial number that was entered; may be {@code null} or malformed
     * @return its state, or empty if no batch ever contained it
     * @throws WatchwordException if the store fails
     */
    Optional<StockState> state(@Nullable String serial);
}
