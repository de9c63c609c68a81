package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The progress of each consumer of the event feed in each holder's history, an optional part of a {@link TokenStore}. It MUST
 * be thread-safe.
 *
 * <p>The event count of a holder's enrolment determines which events a consumer has not received. The commit of the events
 * also writes that count, so no interleaving of transactions skips an event.
 */
public interface FeedStore {
    /**
     * Registers a consumer. Every event that is not archived is then due to it. Does nothing for a registered consumer.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @throws WatchwordException if the storage fails
     */
    void register(ServiceId serviceId, ConsumerName consumer);

    /**
     * Removes a consumer and its progress. Archiving no longer waits for it. Does nothing for an unknown consumer.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @throws WatchwordException if the storage fails
     */
    void retire(ServiceId serviceId, ConsumerName consumer);

    /**
     * Finds holders with events that a consumer has not received and that none of its workers has leased, in an order that the
     * store chooses and keeps.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param now the current instant; leases that end at it or earlier have ended
     * @param after the last holder of the page before; {@code null} for the first page
     * @param limit the greatest number of holders, from 1
     * @return the holders
     * @throws WatchwordException if the storage fails
     */
    List<Holder> due(ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit);

    /**
     * Leases a holder's events to one worker of a consumer, in one atomic step, if no other worker has a running lease.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker; a worker with the lease extends it
     * @param now the current instant
     * @param until the instant at which the lease ends
     * @return the number of the last event that the consumer received, 0 if none; empty if another worker has the lease or the
     *     consumer is unknown
     * @throws WatchwordException if the storage fails
     */
    OptionalLong lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until);

    /**
     * Records the progress of a consumer, in one atomic step, if the worker still has the lease.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker
     * @param number the number of the last event that it handled
     * @param done whether the worker returns the lease
     * @return whether the progress was recorded; if not, another worker has the lease
     * @throws WatchwordException if the storage fails
     */
    boolean advance(ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done);
}
