package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StorageException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far each consumer of the feed has come in each holder's history, and which of its workers is at it. What a consumer
 * has not got is told from the number of events in the holder's enrolment, which is written in the commit of the events, so
 * that nothing is skipped however transactions interleave. Must be safe for use by several threads and be kept beside the
 * {@link TokenStore} of the same institutions.
 */
public interface FeedStore {
    /**
     * Makes a consumer known. From then on it is due every event that is not archived. Does nothing if it is known.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @throws StorageException if the storage fails
     */
    void register(ServiceId serviceId, ConsumerName consumer);

    /**
     * Forgets a consumer and how far it came, so that archiving waits for it no more. Does nothing if it is not known.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @throws StorageException if the storage fails
     */
    void retire(ServiceId serviceId, ConsumerName consumer);

    /**
     * Finds holders with events that a consumer has not got, and at which no worker of it is, in an order that is the
     * store's own and always the same.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param now the time, at which earlier leases have ended
     * @param after the holder before the first wanted one; {@code null} to begin at the beginning
     * @param limit how many holders at most, from 1
     * @return the holders
     * @throws StorageException if the storage fails
     */
    List<Holder> due(ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit);

    /**
     * Lends a holder's events to one worker of a consumer, in one atomic step: if no other has them, or its lease has ended.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker, which may have the lease already and then gets it for longer
     * @param now the time
     * @param until when the lease ends by itself
     * @return the number of the last event that the consumer has, 0 if none; or empty if another worker has the lease or the
     *     consumer is not known
     * @throws StorageException if the storage fails
     */
    OptionalLong lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until);

    /**
     * Records how far a consumer came, in one atomic step, if the worker is still the one that leased the holder's events.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker
     * @param number the number of the last event that it has handled
     * @param done whether the worker gives the lease back
     * @return whether it was recorded; if not, another worker has taken over
     * @throws StorageException if the storage fails
     */
    boolean advance(ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done);
}
