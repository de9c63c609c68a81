package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedPosition;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The progress of each consumer of the event feed in each holder's history, an optional part of a {@link TokenStore}. It MUST
 * be thread-safe. Every method throws a {@link WatchwordException} if the storage fails.
 *
 * <p>The event count of a holder's enrolment determines which events a consumer has not received. The commit of the events
 * also writes that count, so no interleaving of transactions skips an event.
 *
 * <p>A holder's events are in one of these states for a consumer: due, leased to a worker, backing off until an instant, or
 * parked until an operator decides.
 */
public interface FeedStore {
    /**
     * Creates a consumer. Does nothing for an existing consumer. An interrupted creation can be repeated with the same start.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param start the first events that are due to it
     * @return whether this call created the consumer
     * @throws IllegalStateException if an interrupted creation had another start
     */
    boolean register(ServiceId serviceId, ConsumerName consumer, FeedStart start);

    /**
     * Gives a consumer another name. The new consumer continues at the positions of the old one, with its parked and backing-off
     * events. The old consumer is removed. A renaming can be repeated, even after it is complete.
     *
     * @param serviceId the institution
     * @param from the present name
     * @param to the new name
     * @return whether the consumer has the new name; {@code false} if no consumer has the present name, or if the new name
     *     belongs to a consumer that was not renamed from the present name
     */
    boolean rename(ServiceId serviceId, ConsumerName from, ConsumerName to);

    /**
     * Removes a consumer and its progress. Archiving no longer waits for it. Does nothing for an unknown consumer.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     */
    void retire(ServiceId serviceId, ConsumerName consumer);

    /**
     * Lists the consumers, in an order that the store chooses.
     *
     * @param serviceId the institution
     * @return the consumers; without one whose creation or renaming is not complete
     */
    List<ConsumerName> consumers(ServiceId serviceId);

    /**
     * Returns the state of a consumer.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @return the state; empty if there is no such consumer, or if its creation or renaming is not complete
     */
    Optional<ConsumerState> state(ServiceId serviceId, ConsumerName consumer);

    /**
     * Finds holders with events that are due: the consumer has not received them, and they are not leased, backing off or parked.
     * The store chooses the order and keeps it. The store SHOULD find them by an index that leaves out backing-off and parked
     * events.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param now the current instant; leases that end at it or earlier have ended
     * @param after the last holder of the page before; {@code null} for the first page
     * @param limit the greatest number of holders, from 1
     * @return the holders
     */
    List<Holder> due(ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit);

    /**
     * Finds holders whose delay has ended and whose events were not leased since then. The delay that ended first comes first.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param now the current instant; delays that end at it or earlier have ended
     * @param limit the greatest number of holders, from 1
     * @return the holders
     */
    List<Holder> retries(ServiceId serviceId, ConsumerName consumer, Instant now, int limit);

    /**
     * Leases a holder's events to one worker of a consumer, in one atomic step. It grants no lease while another worker has a
     * lease, while a delay is running, or while the events are parked. A lease ends the delay.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker; a worker with the lease extends it
     * @param now the current instant
     * @param until the instant at which the lease ends
     * @return the position; empty if there is no lease or no such consumer
     */
    Optional<FeedPlace> lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until);

    /**
     * Records the progress of a consumer, in one atomic step, if the worker still has the lease. Progress resets the attempts.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker
     * @param number the number of the last event that it handled
     * @param done whether the worker returns the lease
     * @return whether the progress was recorded; if not, another worker has the lease
     */
    boolean advance(ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done);

    /**
     * Records a failure at the event after a number, in one atomic step, if the worker still has the lease, and returns the
     * lease. The store passes its counts to the decision. The store MAY call the decision again after a lost race.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param worker the worker
     * @param number the number of the last event that it handled; the next one failed
     * @param error the error
     * @param now the current instant
     * @param decision computes the change from the counts
     * @return the recorded decision; empty if another worker has the lease
     */
    Optional<AfterFailure> fail(
            ServiceId serviceId,
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            long number,
            DeliveryError error,
            Instant now,
            Function<FailureCount, AfterFailure> decision);

    /**
     * Records that a consumer succeeded. Resets its failures in a row, its number of pauses and the end of its pause.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     */
    void recovered(ServiceId serviceId, ConsumerName consumer);

    /**
     * Lists the parked events of a consumer, the longest parked first.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, from 1
     * @return the next entries
     */
    List<ParkedStream> parked(ServiceId serviceId, ConsumerName consumer, @Nullable ParkedStream after, int limit);

    /**
     * Ends the parking of a holder's events and records the decision, in one atomic step, if they are parked at the event of the
     * decision since the given instant. The instant tells this parking from a later one at the same event. Resets the attempts to 0. A skip also moves the position to the event.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param since the instant since which the events are parked, as listed
     * @param decision the operator's decision
     * @return whether the decision was recorded; if not, the events are not parked at that event since that instant
     */
    boolean decide(ServiceId serviceId, ConsumerName consumer, Holder holder, Instant since, FeedDecision decision);

    /**
     * Returns the operators' decisions about a holder's events, in the order in which they were recorded. They remain after the
     * removal of the consumer.
     *
     * @param serviceId the institution
     * @param consumer the consumer
     * @param holder the holder
     * @param limit the greatest number of decisions, from 1
     * @return the first decisions
     */
    List<FeedDecision> decisions(ServiceId serviceId, ConsumerName consumer, Holder holder, int limit);

    /**
     * Returns the position of every consumer in a holder's history, in an order that the store chooses.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the positions
     */
    List<FeedPosition> positions(ServiceId serviceId, Holder holder);
}
