package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.operations.Archived;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves old events into an archive, holder by holder, each piece in one atomic step. */
final class HistoryArchiver {
    private static final int PAGE = 200;

    private final Context context;
    private final ArchiveStore histories;
    private final HistoryChain chain;

    HistoryArchiver(Context context) {
        this.context = context;
        histories = context.require(ArchiveStore.class);
        chain = context.chain();
    }

    Archived archive(Instant before, Histories.Archive archive, Consumer<Archived> progress) {
        Archived done = Archived.of(0, 0, 0);
        Holder last = null;
        List<Holder> page;
        do {
            page = histories.holders(context.serviceId(), last, PAGE);
            for (Holder holder : page) {
                last = holder;
                done = archive(holder, before, archive, done);
            }
            progress.accept(done);
        } while (page.size() == PAGE);
        return done;
    }

    private Archived archive(Holder holder, Instant before, Histories.Archive archive, Archived done) {
        long events = 0;
        while (true) {
            HistoryAnchor anchor = histories.anchor(context.serviceId(), holder).orElse(null);
            List<RecordedEvent> old = old(holder, anchor, before);
            if (old.isEmpty()) {
                return Archived.of(done.holders() + (events > 0 ? 1 : 0), done.events() + events, done.held());
            }
            archive.keep(holder, old);
            HistoryAnchor next = chain.anchor(holder, old.get(old.size() - 1));
            if (!histories.archive(context.serviceId(), holder, anchor, next)) {
                return Archived.of(done.holders(), done.events() + events, done.held() + 1);
            }
            events += old.size();
        }
    }

    private List<RecordedEvent> old(Holder holder, @Nullable HistoryAnchor anchor, Instant before) {
        long after = anchor == null ? 0 : anchor.number();
        return context.store().history(context.serviceId(), holder, after, PAGE).stream()
                .takeWhile(recorded -> recorded.event().at().isBefore(before))
                .toList();
    }
}
