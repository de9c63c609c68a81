package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archiving of old events, an optional part of a {@link TokenStore}. It can use another database user than the store: the
 * only one that may delete events. It MUST be thread-safe.
 */
public interface ArchiveStore {
    /**
     * Returns the anchor at which a holder's stored history begins.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the anchor, or empty if nothing was archived
     * @throws WatchwordException if the storage fails
     */
    Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder);

    /**
     * Deletes the events up to an anchor and stores the anchor, in one atomic step, if the stored anchor is still the
     * expected one and every consumer of the feed has received the events.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @param before the expected anchor; {@code null} if there must be none
     * @param anchor the new anchor, at a later event
     * @return whether the events were deleted
     * @throws WatchwordException if the storage fails
     */
    boolean archive(ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor);
}
