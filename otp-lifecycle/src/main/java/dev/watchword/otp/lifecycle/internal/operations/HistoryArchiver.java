package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.operations.Archived;
import dev.watchword.otp.lifecycle.operations.HeldHistory;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.HistoryFault;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves old events into an archive, holder by holder, each piece in one atomic step. It verifies each piece first, because
 * the next anchor would hide a fault in the piece. For one run and one thread.
 */
final class HistoryArchiver {
    private static final int PAGE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(HistoryArchiver.class);

    private final Context context;
    private final ArchiveStore histories;
    private final HistoryChain chain;
    private final List<Holder> broken = new ArrayList<>();
    private final List<HeldHistory> waiting = new ArrayList<>();
    private long holders;
    private long events;
    private long held;

    HistoryArchiver(Context context) {
        this.context = context;
        histories = context.require(ArchiveStore.class);
        chain = context.chain();
    }

    /** Intact events that can be archived, the anchor before them, and the anchor at the last one. */
    private record Piece(@Nullable HistoryAnchor before, List<RecordedEvent> events, HistoryAnchor anchor) {}

    Archived archive(Instant before, Histories.Archive archive, Consumer<Archived> progress) {
        Holder last = null;
        List<Holder> page;
        do {
            page = context.store().holders(context.serviceId(), last, PAGE);
            for (Holder holder : page) {
                last = holder;
                archive(holder, before, archive);
            }
            progress.accept(done());
        } while (page.size() == PAGE);
        return done();
    }

    private Archived done() {
        return Archived.of(holders, events, held, broken).withWaiting(waiting);
    }

    private void archive(Holder holder, Instant before, Histories.Archive archive) {
        boolean archived = false;
        for (Piece piece = next(holder, before); piece != null; piece = next(holder, before)) {
            archive.keep(holder, piece.events);
            if (!histories.archive(context.serviceId(), holder, piece.before, piece.anchor)) {
                held++;
                noteWaiting(holder, piece.anchor.number());
                break;
            }
            events += piece.events.size();
            archived = true;
        }
        holders += archived ? 1 : 0;
    }

    /** Notes which consumers have not received the events up to a number. */
    private void noteWaiting(Holder holder, long number) {
        context.store().capability(FeedStore.class).stream()
                .flatMap(feed -> feed.positions(context.serviceId(), holder).stream())
                .filter(position -> position.number() < number)
                .limit(Archived.MAX_WAITING - waiting.size())
                .map(position -> HeldHistory.of(holder, position.consumer(), position.number() + 1, position.parked()))
                .forEach(waiting::add);
    }

    /** Returns the next piece of a history, or null if the history has ended or is not intact. */
    private @Nullable Piece next(Holder holder, Instant before) {
        try {
            return piece(holder, before);
        } catch (IntegrityException e) {
            LOG.error("Events of holder {} were not archived, because the history is not intact", holder, e);
            broken.add(holder);
            return null;
        }
    }

    private @Nullable Piece piece(Holder holder, Instant before) {
        while (true) {
            Optional<HistoryAnchor> anchor = histories.anchor(context.serviceId(), holder);
            HistoryCursor cursor = new HistoryCursor(chain, holder, anchor.orElse(null));
            List<RecordedEvent> old = page(holder, cursor).stream()
                    .takeWhile(recorded -> recorded.event().at().isBefore(before))
                    .toList();
            String fault = fault(holder, cursor, old);
            if (fault == null) {
                return old.isEmpty()
                        ? null
                        : new Piece(anchor.orElse(null), old, chain.anchor(holder, old.get(old.size() - 1)));
            }
            // another archiver may have moved the anchor after this one read it
            if (histories.anchor(context.serviceId(), holder).equals(anchor)) {
                throw new IntegrityException(
                        "The history of holder " + holder + " is not intact at " + fault
                                + "; verify and investigate it",
                        null);
            }
        }
    }

    private List<RecordedEvent> page(Holder holder, HistoryCursor cursor) {
        return context.store().history(context.serviceId(), holder, cursor.number(), PAGE);
    }

    /** Returns the first fault of the anchor and of the events, or null. */
    private @Nullable String fault(Holder holder, HistoryCursor cursor, List<RecordedEvent> old) {
        if (!cursor.isAnchorGenuine()) {
            return text(cursor.number(), HistoryFault.ANCHOR_ALTERED);
        }
        List<RecordedEvent> page = old;
        while (!page.isEmpty()) {
            for (RecordedEvent recorded : page) {
                HistoryFault fault = cursor.advance(recorded);
                if (fault != null) {
                    return text(cursor.number() + 1, fault);
                }
            }
            // the event of the erasure that deleted a reason can be in a later page
            page = cursor.withoutReason().isEmpty() ? List.of() : page(holder, cursor);
        }
        return cursor.withoutReason().isEmpty()
                ? null
                : text(cursor.withoutReason().get(0), HistoryFault.REASON_MISSING);
    }

    private static String text(long number, HistoryFault fault) {
        return "event " + number + " (" + fault + ")";
    }
}
