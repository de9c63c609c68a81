package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The stock of hardware tokens, an optional part of a {@link TokenStore}. It MUST share its serial numbers with the store: each
 * serial number belongs to one token permanently. It MUST be thread-safe.
 *
 * <p>Tokens arrive in batches. An import begins a batch, stages it in pieces, which are not in stock, and then publishes it in one
 * atomic step or discards it. An unpublished batch belongs to the import that began it last. The store MUST compare the ID of the
 * import and change the batch in one atomic step, so that the tokens of two imports are never mixed.
 *
 * <p>If the infrastructure fails, methods throw:
 *
 * <ul>
 *   <li>{@link StorageException} if the storage failed and nothing was stored;
 *   <li>{@link IntegrityException} if a stored row contradicts itself;
 *   <li>{@link UnknownOutcomeException} if it is unknown whether the batch was changed;
 *   <li>{@link LostRaceException} if a change lost every race, and nothing was stored.
 * </ul>
 *
 * <p>The caller may repeat each method then, with the same ID of the import. A repeated {@link #stage} reports the tokens that are
 * already staged as taken.
 */
public interface StockStore {

    /**
     * Reads a token in stock.
     *
     * @param serviceId the institution
     * @param serial its serial number
     * @return the token, or empty if it is not in stock: unknown, in an unpublished batch, or assigned
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial);

    /**
     * Begins an import of a batch, in one atomic step. The batch belongs to this import from then on. Discards the tokens that an
     * earlier import staged, whether it was interrupted or still runs.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param importId the ID of the import, which no other import has
     * @return whether the import has begun; {@code false} if the batch is published, and nothing changes
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    boolean begin(ServiceId serviceId, BatchId batch, UUID importId);

    /**
     * Stages a piece of a batch, in one atomic step. Tokens whose serial number is taken stay unchanged.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param importId the ID of the import
     * @param tokens the tokens, each with another serial number
     * @return the taken serial numbers, of tokens or of any batch, this one included; the other tokens are staged
     * @throws LostRaceException if the batch does not belong to this import, and nothing changes
     * @throws IllegalStateException if this import has published the batch
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens);

    /**
     * Publishes a batch of an expected size, in one atomic step. All its tokens are in stock afterwards. A published batch does
     * not change.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param importId the ID of the import
     * @param size the number of tokens that the batch must have, 1 or more, assigned ones included
     * @return whether this import has published the batch; if not, it has another size
     * @throws LostRaceException if the batch does not belong to this import, and nothing changes
     * @throws IllegalArgumentException if the size is less than 1
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size);

    /**
     * Discards an unpublished batch, in one atomic step. Its serial numbers are free again. Does nothing if there is no such batch.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param importId the ID of the import
     * @throws LostRaceException if the batch belongs to another import, and nothing changes
     * @throws IllegalStateException if this import has published the batch
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    void discard(ServiceId serviceId, BatchId batch, UUID importId);

    /**
     * Returns the state of a token in the stock.
     *
     * @param serviceId the institution
     * @param serial its serial number
     * @return its state, or empty if no batch ever contained it
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    Optional<StockState> state(ServiceId serviceId, SerialNumber serial);

    /**
     * Withdraws a token in stock, in one atomic step (R5.5). Its secret is deleted, its serial number stays taken, and it never
     * returns to stock.
     *
     * @param serviceId the institution
     * @param serial the serial number
     * @param withdrawal when, by which operator, and why
     * @return whether the token was in stock; if not, nothing changes
     * @throws WatchwordException if the storage fails
     */
    boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal);
}
