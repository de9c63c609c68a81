package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where enrolments and their histories are kept. Must be safe for use by several threads.
 *
 * <p>Many threads, processes and database nodes read the same enrolment at once, decide, and commit. All correctness
 * under that race rests on {@link #commit}: of all changes made from one version, at most one may ever be stored,
 * whatever the others are told. A store proves it by passing
 * {@link dev.watchword.otp.lifecycle.testing.TokenStoreContract}.
 *
 * <p>Instants come in whole microseconds and must come back equal. Methods throw {@link StorageException} if the storage
 * fails; after one from {@code commit} the change may be stored or not, and submitting it again finds out.
 */
public interface TokenStore {

    /**
     * Reads a holder's enrolment with its token.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the enrolment as it was last committed, or empty if it never was
     * @throws StorageException if the storage fails
     */
    Optional<Enrolment> find(ServiceId serviceId, Holder holder);

    /**
     * Reads the enrolment of the holder to whom a user ID was allotted.
     *
     * @param serviceId the institution
     * @param userId the user ID
     * @return the enrolment as it was last committed, or empty if the user ID was never allotted
     * @throws StorageException if the storage fails
     */
    Optional<Enrolment> find(ServiceId serviceId, UserId userId);

    /**
     * Reads a fob of the stock.
     *
     * @param serviceId the institution
     * @param serial its serial number
     * @return the fob, or empty if it is not in stock: unknown, in a batch that was not published, or given out
     * @throws StorageException if the storage fails
     */
    Optional<StockedFob> findInStock(ServiceId serviceId, SerialNumber serial);

    /**
     * Tells whether a serial number is taken for ever: by a token that a holder has or had, or by a fob of any batch.
     *
     * @param serviceId the institution
     * @param serial the serial number
     * @return whether it is taken
     * @throws StorageException if the storage fails
     */
    boolean isTaken(ServiceId serviceId, SerialNumber serial);

    /**
     * Stores a change in one atomic step, provided that the enrolment still has the version of
     * {@link EnrolmentChange#before()}: the enrolment, its tokens and all the events, or nothing. A new token that
     * {@linkplain EnrolmentChange#isFromStock is from the stock} is taken out of it, for good, and so is its secret; any other new
     * token's serial number must be free. If the change {@linkplain EnrolmentChange#erases erases},
     * the operators' words of all events are deleted too.
     *
     * <p>Whether the version still holds is decided before anything else, and by the same atomic step that writes. A
     * change that is stored already, known by its {@link EnrolmentChange#id()}, is not stored again; the answer is the
     * same as the first time.
     *
     * @param change what is to be stored
     * @return committed, or why nothing was stored
     * @throws StorageException if the storage fails, or if it is unknown whether the change was stored
     */
    CommitResult commit(EnrolmentChange change);

    /**
     * Begins a turn at changing an enrolment, for a change that came too late without. As it is here the turn reads and
     * commits, and locks nothing; a store whose locks hold overrides it, so that who waits for the lock is not too late again.
     * While a turn lasts, nothing else is asked of the store by its thread.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the turn, to be closed
     * @throws StorageException if the storage fails
     */
    default Turn turn(ServiceId serviceId, Holder holder) {
        return new Turn() {
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
     * Reads a piece of the enrolments of an institution, in an order that is the store's own and always the same. Whoever
     * is enrolled meanwhile may be left out.
     *
     * @param serviceId the institution
     * @param after the holder before the first wanted one; {@code null} to begin at the beginning
     * @param limit how many enrolments at most, from 1
     * @return the enrolments that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<Enrolment> page(ServiceId serviceId, @Nullable Holder after, int limit);

    /**
     * Reads a piece of a holder's history, in order.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @param after the number of the event before the first wanted one; 0 to begin at the beginning
     * @param limit how many events at most, from 1
     * @return the events that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit);
}
