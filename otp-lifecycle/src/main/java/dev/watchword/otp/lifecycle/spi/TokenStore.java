package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store of enrolments and their histories. It is the mandatory part of the storage SPI. A store offers optional parts
 * through {@link #capability}. A store MUST be thread-safe.
 *
 * <p>Many threads, processes and database nodes read the same enrolment at once, decide, and commit. Correctness under that
 * race depends only on {@link #commit}: of all changes made from one version, a store MUST store at most one. A store proves
 * that it does by passing {@link dev.watchword.otp.lifecycle.testing.TokenStoreContract}.
 *
 * <p>Instants are in whole microseconds. A store MUST return them unchanged. Reading methods throw {@link StorageException} if the
 * storage fails, and {@link IntegrityException} if a stored row contradicts itself. Every method of a store within a transaction
 * of the application also throws {@link LostRaceException} if the transaction lost a race and must be repeated.
 */
public interface TokenStore {

    /**
     * Reads the enrolment of a holder with its tokens.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the enrolment as it was last committed, or empty if it never was
     * @throws StorageException if the storage fails
     * @throws IntegrityException if a stored row contradicts itself
     */
    Optional<Enrolment> find(ServiceId serviceId, Holder holder);

    /**
     * Reads the enrolment to which a user ID was assigned.
     *
     * @param serviceId the institution
     * @param userId the user ID
     * @return the enrolment as it was last committed, or empty if the user ID was never assigned
     * @throws StorageException if the storage fails
     * @throws IntegrityException if a stored row contradicts itself
     */
    Optional<Enrolment> find(ServiceId serviceId, UserId userId);

    /**
     * Returns whether a serial number is permanently taken: by a token that a holder has or had, or by a token of any batch.
     *
     * @param serviceId the institution
     * @param serial the serial number
     * @return whether it is taken
     * @throws StorageException if the storage fails
     */
    boolean isTaken(ServiceId serviceId, SerialNumber serial);

    /**
     * Stores a change in one atomic step if the enrolment still has the version of {@link EnrolmentChange#before()}: the
     * enrolment, its tokens and all the events, or nothing. A new token {@linkplain EnrolmentChange#isFromStock from the stock}
     * leaves the stock permanently, with its secret. It MUST have the encrypted secret that the stock has, because another process
     * may have re-encrypted the secret meanwhile. The serial number of any other new token must be free. If the change {@linkplain
     * EnrolmentChange#erases erases}, the store also deletes the reasons of all events.
     *
     * <p>The store MUST check the version before anything else, and in the atomic step that writes. A change that is already
     * stored, recognised by its {@link EnrolmentChange#id()}, is not stored again and has the same result.
     *
     * @param change the change
     * @return committed, or why nothing was stored
     * @throws StorageException if the storage fails and nothing was stored
     * @throws UnknownOutcomeException if it is unknown whether the change was stored
     * @throws LostRaceException if a transaction of the application lost a race and must be repeated
     * @throws UnsupportedOperationException if the change takes a token from the stock of a store without a {@link StockStore}
     */
    CommitResult commit(EnrolmentChange change);

    /**
     * Begins another attempt to change an enrolment after a lost race. This implementation reads and commits without a lock. A
     * store whose row locks hold overrides it, so that the attempt reads under the lock and cannot lose again. During an
     * attempt, its thread MUST NOT call the store otherwise.
     *
     * <p>A store that wraps another one SHOULD forward the call, because this implementation does not use the locks of that store.
     * If it wraps {@link #commit} or {@link #find(ServiceId, Holder)}, it MUST wrap the same methods of the attempt.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the attempt, which the caller MUST close
     * @throws StorageException if the storage fails
     */
    default Attempt attempt(ServiceId serviceId, Holder holder) {
        return new Attempt() {
            @Override
            public Optional<Enrolment> find() {
                return TokenStore.this.find(serviceId, holder);
            }

            @Override
            public CommitResult commit(EnrolmentChange change) {
                return TokenStore.this.commit(change);
            }

            @Override
            public void close() {
                // nothing was locked
            }
        };
    }

    /**
     * Reads a page of the holders of an institution, in an order that the store chooses and keeps. The page may leave out holders
     * who enrol meanwhile. The method reads nothing else of an enrolment, so that it works if one cannot be read, and for a
     * database user that may only archive.
     *
     * @param serviceId the institution
     * @param after the last holder of the page before; {@code null} for the first page
     * @param limit the greatest number of holders, from 1
     * @return the following holders, empty after the last one
     * @throws StorageException if the storage fails
     */
    List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit);

    /**
     * Reads a page of a holder's history, in order.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @param after the number of the last event of the page before; 0 for the first page
     * @param limit the greatest number of events, from 1
     * @return the following events, empty after the last one
     * @throws StorageException if the storage fails
     * @throws IntegrityException if a stored row contradicts itself
     */
    List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit);

    /**
     * Returns an optional part of this store: {@link StockStore}, {@link FeedStore}, {@link ListStore}, {@link ArchiveStore},
     * {@link ReencryptionStore}, {@link KeyCheckStore} or {@link DeviceStore}. A store that wraps another one MUST forward the question, and MAY wrap
     * the answer. A store MUST return empty for every other type, also for {@link TokenStore} and {@link Object}, so that a caller
     * of a wrapper does not obtain the wrapped store itself.
     *
     * @param type the type of the part
     * @param <C> the type of the part
     * @return the part, which shares its data with this store, or empty if the store does not have it
     */
    <C> Optional<C> capability(Class<C> type);
}
