package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.util.List;
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
 *     PRIMARY KEY (consumer, holder)
 * );
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
     */
    public boolean isNew(String consumer, Holder holder, TokenEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "The handler has no transaction; annotate the method that calls isNew with @Transactional");
        }
        int advanced = jdbc.update(
                "UPDATE watchword_handled SET number = ? WHERE consumer = ? AND holder = ? AND number < ?",
                event.number(),
                consumer,
                holder.value(),
                event.number());
        if (advanced > 0) {
            return true;
        }
        List<Long> handled = jdbc.queryForList(
                "SELECT number FROM watchword_handled WHERE consumer = ? AND holder = ?",
                Long.class,
                consumer,
                holder.value());
        if (!handled.isEmpty()) {
            return false;
        }
        // a concurrent delivery makes this fail, and the event is delivered again
        jdbc.update(
                "INSERT INTO watchword_handled (consumer, holder, number) VALUES (?, ?, ?)",
                consumer,
                holder.value(),
                event.number());
        return true;
    }
}
