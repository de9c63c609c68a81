package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.HistoryStore;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes old events out of the histories of an institution, once every consumer of the feed has them. The rest of each
 * history still verifies, from an anchor on. To be run by a database user of its own, the only one that may delete events.
 * Safe for use by several threads.
 */
public final class HistoryArchiver {
    private static final int PAGE = 200;

    private final ServiceId serviceId;
    private final TokenStore store;
    private final HistoryStore histories;
    private final HistoryChain chain;

    private HistoryArchiver(ServiceId serviceId, TokenStore store, HistoryStore histories, KeySource keys) {
        this.serviceId = serviceId;
        this.store = store;
        this.histories = histories;
        chain = new HistoryChain(keys, serviceId);
    }

    /** What is done with events before they are deleted. */
    @FunctionalInterface
    public interface Archive {
        /**
         * Keeps events, in order. They are deleted once it has returned, unless somebody else was faster; so it can be
         * given the same events again.
         *
         * @param holder whose events they are
         * @param events at least one
         */
        void keep(Holder holder, List<RecordedEvent> events);
    }

    /**
     * Creates an archiver.
     *
     * @param serviceId the institution
     * @param store where its histories are kept
     * @param keys where the keys of the histories come from
     * @param <S> the store
     * @return the archiver
     */
    public static <S extends TokenStore & HistoryStore> HistoryArchiver of(
            ServiceId serviceId, S store, KeySource keys) {
        return new HistoryArchiver(
                requireNonNull(serviceId, "serviceId"),
                requireNonNull(store, "store"),
                store,
                requireNonNull(keys, "keys"));
    }

    /**
     * Archives the events of all holders that happened before an instant, up to the first in each history that did not. Can
     * be interrupted, by death or by an exception of the archive or of the progress, and done again.
     *
     * @param before the first instant whose events stay
     * @param archive keeps what is deleted
     * @param progress is told after each page of holders how far it is
     * @return how far it came
     * @throws WatchwordException if the infrastructure fails
     */
    public Archived archive(Instant before, Archive archive, Consumer<Archived> progress) {
        Archived done = new Archived(0, 0, 0);
        Holder last = null;
        List<Holder> page;
        do {
            page = histories.holders(serviceId, last, PAGE);
            for (Holder holder : page) {
                last = holder;
                done = archive(holder, before, archive, done);
            }
            progress.accept(done);
        } while (page.size() == PAGE);
        return done;
    }

    private Archived archive(Holder holder, Instant before, Archive archive, Archived done) {
        long events = 0;
        while (true) {
            HistoryAnchor anchor = histories.anchor(serviceId, holder).orElse(null);
            List<RecordedEvent> old = old(holder, anchor, before);
            if (old.isEmpty()) {
                return new Archived(done.holders() + (events > 0 ? 1 : 0), done.events() + events, done.held());
            }
            archive.keep(holder, old);
            if (!histories.archive(serviceId, holder, anchor, chain.anchor(holder, old.get(old.size() - 1)))) {
                return new Archived(done.holders(), done.events() + events, done.held() + 1);
            }
            events += old.size();
        }
    }

    private List<RecordedEvent> old(Holder holder, @Nullable HistoryAnchor anchor, Instant before) {
        return store.history(serviceId, holder, anchor == null ? 0 : anchor.number(), PAGE).stream()
                .takeWhile(recorded -> recorded.event().at().isBefore(before))
                .toList();
    }
}
