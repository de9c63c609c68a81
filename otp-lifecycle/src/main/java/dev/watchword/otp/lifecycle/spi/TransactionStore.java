package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.Optional;

/**
 * A view of a store within one transaction of the application, for
 * {@link dev.watchword.otp.lifecycle.Institution#within}. The application's commit stores the changes of the view, and its rollback
 * undoes them. For one thread and one transaction.
 *
 * <p>It is not a {@link TokenStore}, so that no institution can be built on it: an operation that verifies a code there would lose
 * its charge with a rollback (R15.1).
 *
 * <p>Every method throws {@link LostRaceException} if the transaction lost a race and must be repeated.
 */
public interface TransactionStore {
    /**
     * Reads the enrolment of a holder with its tokens. The read takes no lock and works in a read-only transaction.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the enrolment as the transaction sees it, or empty
     * @throws StorageException if the storage fails
     * @throws IntegrityException if a stored row contradicts itself
     */
    Optional<Enrolment> find(ServiceId serviceId, Holder holder);

    /**
     * Begins an attempt to change an enrolment. Its read returns the latest committed enrolment, with the changes of this
     * transaction. If the storage has row locks, the read takes one, and the transaction holds it until its end.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the attempt, which the caller MUST close
     * @throws StorageException if the storage fails
     */
    Attempt attempt(ServiceId serviceId, Holder holder);

    /**
     * Returns an optional part of this view. A view MAY have a {@link StockStore} whose reading methods work; operators assign
     * hardware tokens with it. A view MUST return empty for every other type.
     *
     * @param type the type of the part
     * @param <C> the type of the part
     * @return the part, or empty if the view does not have it
     */
    <C> Optional<C> capability(Class<C> type);

    /**
     * Called when an operation of the view throws, also for a reason outside of the storage, such as a missing key. The transaction
     * MUST NOT commit afterwards, because the operation did nothing. A view that can see to that overrides this method. A refusal
     * is no failure.
     *
     * @param failure the exception that the caller receives
     */
    default void failed(WatchwordException failure) {}
}
