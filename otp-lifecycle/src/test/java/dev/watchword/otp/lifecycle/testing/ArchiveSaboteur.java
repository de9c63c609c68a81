package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The archive of a {@link Saboteur}. */
final class ArchiveSaboteur implements ArchiveStore {
    private final SaboteurTables tables;
    private final HistorySaboteur histories;
    private final FeedSaboteur feeds;
    private final Map<String, HistoryAnchor> anchors = new HashMap<>();

    ArchiveSaboteur(SaboteurTables tables, HistorySaboteur histories, FeedSaboteur feeds) {
        this.tables = tables;
        this.histories = histories;
        this.feeds = feeds;
    }

    @Override
    public Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder) {
        synchronized (tables.lock) {
            return Optional.ofNullable(anchors.get(tables.key(serviceId, holder)));
        }
    }

    @Override
    public boolean archive(ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor) {
        synchronized (tables.lock) {
            String key = tables.key(serviceId, holder);
            boolean consumed = feeds.isConsumed(serviceId, holder, anchor.number());
            if ((!Objects.equals(anchors.get(key), before) && !tables.has(Flaw.ARCHIVES_FROM_ANY_ANCHOR))
                    || (!consumed && !tables.has(Flaw.ARCHIVES_UNCONSUMED_EVENTS))) {
                return false;
            }
            if (!tables.has(Flaw.FORGETS_ANCHORS)) {
                anchors.put(key, anchor);
            }
            if (!tables.has(Flaw.KEEPS_ARCHIVED_EVENTS)) {
                histories.deleteUntil(serviceId, holder, anchor.number());
            }
            return true;
        }
    }
}
