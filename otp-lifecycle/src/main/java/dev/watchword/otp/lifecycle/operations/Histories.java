package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The histories of an institution's holders: reading, verifying and archiving. Thread-safe.
 *
 * <p>Archiving needs a store with an {@link dev.watchword.otp.lifecycle.spi.ArchiveStore}. Without one, {@link #archive} throws an
 * {@link UnsupportedOperationException}, and {@link #verify} reports events that were archived as missing.
 */
public interface Histories {
    /** An archive that receives events before they are deleted. */
    @FunctionalInterface
    interface Archive {
        /**
         * Keeps events, in order. After it returns, they are deleted, unless another process was faster. It can receive the same
         * events again.
         *
         * @param holder the holder
         * @param events at least one event
         */
        void keep(Holder holder, List<RecordedEvent> events);
    }

    /**
     * Reads a page of a holder's history, in order.
     *
     * @param holder the holder
     * @param after the number of the last event of the page before; 0 for the first page
     * @param limit the greatest number of events, from 1
     * @return the following events, empty after the last one
     * @throws IllegalArgumentException if a number is out of range
     * @throws WatchwordException if the store fails
     */
    List<TokenEvent> read(Holder holder, long after, int limit);

    /**
     * Verifies that a holder's history is as it was written: no event altered, missing, reordered, added or cut off. Writers need
     * not wait.
     *
     * <p>It cannot detect that a complete enrolment was restored to an earlier state together with its history, for example from a
     * backup. To detect that, keep copies of the heads of the histories elsewhere.
     *
     * @param holder the holder
     * @return intact, or the faults
     * @throws KeyUnavailableException if a history key is not in the key source
     * @throws WatchwordException if the store fails
     */
    HistoryVerdict verify(Holder holder);

    /**
     * Archives the events before an instant, for all holders. In each history, it stops at the first event that is not before the
     * instant. The rest of each history still verifies, from an anchor. Events that a consumer of the feed has not received stay
     * in the history, and {@link Archived#waiting()} names the consumer. Run it as a separate database user, the
     * only one that may delete events. It can be interrupted and repeated.
     *
     * <p>Events are verified before they are archived. A history that is not intact, or cannot be read, keeps its events from the
     * faulty part on. The job continues with the next holder and reports the holder in {@link Archived#broken()}.
     *
     * @param before the instant; events at this instant or later stay
     * @param archive receives the events before they are deleted
     * @param progress receives the progress after each page of holders; an exception interrupts the job
     * @return the progress at the end
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.ArchiveStore}
     * @throws KeyUnavailableException if a history key is not in the key source
     * @throws WatchwordException if the infrastructure fails
     */
    @CanIgnoreReturnValue
    Archived archive(Instant before, Archive archive, Consumer<Archived> progress);

    /**
     * Writes the stored history of a holder as JSON Lines. Each event is one JSON object on one line, which ends with a line
     * feed. The lines are in the order of the events. The method reads and writes page by page, so its memory does not grow with
     * the history. No line contains a secret. The method does not verify the history.
     *
     * <p>The text is ASCII and does not depend on the default locale. A member without a value is absent. Later versions may add
     * members; they change {@code format} if a member changes its meaning. The members:
     *
     * <ul>
     *   <li>{@code format}: the number 1.
     *   <li>{@code serviceId}, {@code holder}: the institution and the holder.
     *   <li>{@code number}: the number of the event, from 1.
     *   <li>{@code at}: the instant in UTC, with six decimals of a second, such as {@code 2026-11-23T09:00:00.123456Z}.
     *   <li>{@code type}: the name of an {@link dev.watchword.otp.lifecycle.model.EventType}.
     *   <li>{@code serial}, {@code purpose}, {@code operator}, {@code suspensionReason}, {@code reason}: as in
     *       {@link TokenEvent}.
     *   <li>{@code source}, {@code reference}: as in {@link TokenEvent#origin}.
     *   <li>{@code reasonMac}, {@code linkKeyName}, {@code link}: as in {@link RecordedEvent}, to compare the line with the store.
     * </ul>
     *
     * <p>The export does not contain events that were archived before. It may also lack events that are archived while it runs.
     * All of these events are in the archive.
     *
     * @param holder the holder
     * @param out receives the lines, and is flushed after each page; the caller closes it
     * @return the number of lines
     * @throws IOException if the writer fails
     * @throws WatchwordException if the store fails
     */
    @CanIgnoreReturnValue
    long export(Holder holder, Writer out) throws IOException;

    /**
     * Returns an archive that writes the events as JSON Lines, in the schema of {@link #export}. It flushes the writer before it
     * returns from {@link Archive#keep}. The writer MUST make its text durable when it is flushed, because the events are deleted
     * afterwards: open a file with {@link java.nio.file.StandardOpenOption#DSYNC}. A line can occur twice if archiving was
     * interrupted.
     *
     * @param out receives the lines; the caller closes it
     * @return the archive, as thread-safe as the writer. It throws an {@link java.io.UncheckedIOException} if the writer fails,
     *     which interrupts archiving; the events of that batch then stay in the history
     */
    Archive jsonLines(Writer out);
}
