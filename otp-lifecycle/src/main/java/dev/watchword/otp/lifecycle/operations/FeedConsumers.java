package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of an institution's event feed (R9.5): their creation, renaming and end, and the operators' view of the events at
 * which they failed. Thread-safe. Every method throws a {@link WatchwordException} if the store fails.
 *
 * <p>Creation, renaming and end visit every enrolment of the institution once, in short transactions. If one is interrupted,
 * repeat it.
 */
public interface FeedConsumers {
    /**
     * Creates a consumer. Archiving waits for it from then on. An application can call it at each start.
     *
     * @param consumer the consumer
     * @param start the first events that it receives
     * @return whether this call created the consumer; an existing one is unchanged
     * @throws IllegalStateException if an interrupted creation of this consumer had another start
     */
    @CanIgnoreReturnValue
    boolean create(ConsumerName consumer, FeedStart start);

    /**
     * Gives a consumer another name. It continues where it was: it receives no event again, except events that a worker is
     * handling during the call. Workers of the old name fail from then on. The operators' decisions remain under the old name.
     * Does nothing if an earlier call completed the same renaming.
     *
     * @param from the present name
     * @param to the new name
     * @throws IllegalStateException if no consumer has the present name, or if another consumer has the new name
     */
    void rename(ConsumerName from, ConsumerName to);

    /**
     * Removes a consumer and its progress. Archiving no longer waits for it. Does nothing for an unknown consumer.
     *
     * @param consumer the consumer
     */
    void end(ConsumerName consumer);

    /**
     * Lists the consumers.
     *
     * @return their names, in ascending order; without a consumer whose creation or renaming is not complete
     */
    List<ConsumerName> list();

    /**
     * Returns the instant until which a consumer is paused, because it failed at the events of many holders in a row.
     *
     * @param consumer the consumer
     * @return the instant; empty if the consumer is not paused
     * @throws IllegalStateException if there is no such consumer
     */
    Optional<Instant> pausedUntil(ConsumerName consumer);

    /**
     * Lists the holders whose events wait for an operator, the longest parked first.
     *
     * @param consumer the consumer
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value TokenLists#MAX_LIMIT}
     * @return the next entries; the last page has fewer entries than the limit
     * @throws IllegalArgumentException if the limit is out of range
     */
    List<ParkedStream> parked(ConsumerName consumer, @Nullable ParkedStream after, int limit);

    /**
     * Lets a consumer receive a parked event again, at once and with a new count of attempts.
     *
     * @param consumer the consumer
     * @param parked the parked stream, as listed; its event and its instant identify it
     * @param operator the operator; recorded
     * @param reason the entered reason in words, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters; recorded
     * @return the recorded decision; or refused, as malformed or because another decision was faster, even if the event has been
     *     parked again since
     */
    Outcome<FeedDecision> retry(ConsumerName consumer, ParkedStream parked, Operator operator, @Nullable String reason);

    /**
     * Lets a consumer continue after a parked event. The consumer never receives that event. This is the only way in which a
     * consumer misses an event.
     *
     * @param consumer the consumer
     * @param parked the parked stream, as listed; its event and its instant identify it
     * @param operator the operator; recorded
     * @param reason the entered reason in words, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters; recorded
     * @return the recorded decision; or refused, as malformed or because another decision was faster, even if the event has been
     *     parked again since
     */
    Outcome<FeedDecision> skip(ConsumerName consumer, ParkedStream parked, Operator operator, @Nullable String reason);

    /**
     * Returns the operators' decisions about a holder's events for a consumer, in the order in which they were made.
     *
     * @param consumer the consumer
     * @param holder the holder
     * @param limit the greatest number of decisions, 1 to {@value TokenLists#MAX_LIMIT}
     * @return the first decisions
     * @throws IllegalArgumentException if the limit is out of range
     */
    List<FeedDecision> decisions(ConsumerName consumer, Holder holder, int limit);
}
