package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the fobs of an institution are kept until a holder gets them. Must be safe for use by several threads, and share
 * its serial numbers with the {@link TokenStore} of the same institutions: one serial number is one token, for ever.
 *
 * <p>Fobs come in batches. A batch is staged in pieces, of which none is in stock, and then published, which is one atomic
 * step; or it is discarded. Methods throw {@link StorageException} if the storage fails; each can be called again then.
 */
public interface StockStore {

    /**
     * Stages a piece of a batch, in one atomic step. Fobs whose serial number is taken are left as they are.
     *
     * @param serviceId the institution
     * @param batch a batch that is not published
     * @param fobs the fobs, each of another serial number
     * @return the serial numbers that are taken, by a token or in a batch, this one or another; the other fobs are staged
     * @throws IllegalStateException if the batch is published
     * @throws StorageException if the storage fails
     */
    Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, List<StockedFob> fobs);

    /**
     * Publishes a batch, in one atomic step, provided that it has so many fobs: all of them are in stock from then on. If it
     * is published already, nothing changes.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param size how many fobs it must have, 1 or more, those that were given out included
     * @return whether it is published; if not, it has another number of fobs
     * @throws StorageException if the storage fails
     */
    boolean publish(ServiceId serviceId, BatchId batch, int size);

    /**
     * Discards a batch that is not published: its serial numbers are free again. Does nothing if there is none.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @throws IllegalStateException if the batch is published
     * @throws StorageException if the storage fails
     */
    void discard(ServiceId serviceId, BatchId batch);

    /**
     * Tells how a fob stands.
     *
     * @param serviceId the institution
     * @param serial its serial number
     * @return its state, or empty if no batch ever brought it
     * @throws StorageException if the storage fails
     */
    Optional<StockState> state(ServiceId serviceId, SerialNumber serial);
}
