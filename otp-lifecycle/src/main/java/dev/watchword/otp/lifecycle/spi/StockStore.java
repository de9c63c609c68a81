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

/**
 * The stock of hardware tokens, an optional part of a {@link TokenStore}. It MUST share its serial numbers with the store: each
 * serial number belongs to one token permanently. It MUST be thread-safe.
 *
 * <p>Tokens arrive in batches. A batch is staged in pieces, which are not in stock, and then published in one atomic step or
 * discarded. If the infrastructure fails, methods throw:
 *
 * <ul>
 *   <li>{@link StorageException} if the storage failed and nothing was stored;
 *   <li>{@link IntegrityException} if a stored row contradicts itself;
 *   <li>{@link UnknownOutcomeException} if it is unknown whether a piece was staged, published or discarded;
 *   <li>{@link LostRaceException} if a change lost every race, and nothing was stored.
 * </ul>
 *
 * <p>The caller may repeat each method then. A repeated {@link #stage} reports the tokens that are already staged as taken.
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
     * Stages a piece of a batch, in one atomic step. Tokens whose serial number is taken stay unchanged.
     *
     * @param serviceId the institution
     * @param batch a batch that is not published
     * @param tokens the tokens, each with another serial number
     * @return the taken serial numbers, of tokens or of any batch, this one included; the other tokens are staged
     * @throws IllegalStateException if the batch is published
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, List<StockedToken> tokens);

    /**
     * Publishes a batch of an expected size, in one atomic step. All its tokens are in stock afterwards. A published batch does
     * not change.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param size the number of tokens that the batch must have, 1 or more, assigned ones included
     * @return whether the batch is published; if not, it has another size
     * @throws IllegalArgumentException if the size is less than 1
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    boolean publish(ServiceId serviceId, BatchId batch, int size);

    /**
     * Discards an unpublished batch, in one atomic step. Its serial numbers are free again. Does nothing if there is no such batch.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @return whether nothing of the batch is stored; {@code false} if the batch is published, and nothing changes
     * @throws WatchwordException if the infrastructure fails, as described above
     */
    boolean discard(ServiceId serviceId, BatchId batch);

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
