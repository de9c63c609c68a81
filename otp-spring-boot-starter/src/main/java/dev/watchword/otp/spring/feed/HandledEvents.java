package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers the last handled event of each holder in the transaction of the handler. The feed delivers at least once; with this class
 * the changes of a handler in that database happen once. Thread-safe.
 *
 * <p>The table is one of the application, which creates it with its own migrations:
 *
 * <pre>
 * CREATE TABLE watchword_handled (
 *     consumer VARCHAR(64) NOT NULL,
 *     holder VARCHAR(100) NOT NULL,
 *     number BIGINT NOT NULL,
 *     recorded_at BIGINT,
 *     PRIMARY KEY (consumer, holder)
 * );
 * </pre>
 *
 * <p>The column {@code recorded_at} is the instant of the event, in microseconds since 1970-01-01 UTC. After a restoration of the
 * tokens' database, or a failover that lost events, new events can have the numbers of handled ones. Such an event fails, so its holder's
 * events wait for an operator. If the event is new, the operator lets the handler receive it and retries it:
 *
 * <pre>
 * UPDATE watchword_handled SET number = NUMBER - 1, recorded_at = NULL WHERE consumer = 'CONSUMER' AND holder = 'HOLDER';
 * </pre>
 */
public final class HandledEvents {
    private final JdbcOperations jdbc;

    /**
     * Creates the memory.
     *
     * @param jdbc the database of the handler
     */
    public HandledEvents(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Records an event as handled, if it was not handled before. A rollback also removes the record.
     *
     * @param consumer the name of the consumer
     * @param holder the holder
     * @param event the event
     * @return whether the caller must handle the event; {@code false} if an earlier delivery was committed
     * @throws IllegalTransactionStateException if no transaction is active
     * @throws IllegalStateException if another event was handled under the number of this one, or if this one is later than a handled
     *     event with a higher number
     */
    public boolean isNew(String consumer, Holder holder, TokenEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "The handler has no transaction; annotate the method that calls isNew with @Transactional");
        }
        long at = ChronoUnit.MICROS.between(Instant.EPOCH, event.at());
        int advanced = jdbc.update(
                "UPDATE watchword_handled SET number = ?, recorded_at = ? WHERE consumer = ? AND holder = ? AND number < ?",
                event.number(),
                at,
                consumer,
                holder.value(),
                event.number());
        if (advanced > 0) {
            return true;
        }
        List<Handled> handled = jdbc.query(
                "SELECT number, recorded_at FROM watchword_handled WHERE consumer = ? AND holder = ?",
                (row, index) -> new Handled(row.getLong(1), row.getObject(2, Long.class)),
                consumer,
                holder.value());
        if (!handled.isEmpty()) {
            requireKnown(consumer, handled.get(0), event.number(), at);
            return false;
        }
        // a concurrent delivery makes this fail, and the event is delivered again
        jdbc.update(
                "INSERT INTO watchword_handled (consumer, holder, number, recorded_at) VALUES (?, ?, ?, ?)",
                consumer,
                holder.value(),
                event.number(),
                at);
        return true;
    }

    /** The last handled event: its number, and its instant in microseconds, or null if an operator removed it. */
    private record Handled(long number, @Nullable Long at) {}

    private static void requireKnown(String consumer, Handled last, long number, long at) {
        Long lastAt = last.at();
        if (lastAt != null && (number == last.number() ? at != lastAt : at > lastAt)) {
            throw new IllegalStateException("Event " + number + " of a holder is new to the consumer " + consumer
                    + ", which has already handled the number " + last.number()
                    + "; probably the database of the tokens"
                    + " was restored; set the number of the holder to " + (number - 1) + " and recorded_at to NULL in"
                    + " watchword_handled, and retry the event");
        }
    }
}
