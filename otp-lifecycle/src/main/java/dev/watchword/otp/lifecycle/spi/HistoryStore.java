package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.HistoryAnchor;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StorageException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the beginnings of histories are cut off. What writes to it can be another database user than the one of the
 * {@link TokenStore} of the same institutions: the one that may delete events. Must be safe for use by several threads.
 */
public interface HistoryStore {
    /**
     * Reads a piece of the holders of an institution, in an order that is the store's own and always the same. Whoever is
     * enrolled meanwhile may be left out. Nothing of their enrolments is read, so that the user who archives need not see it.
     *
     * @param serviceId the institution
     * @param after the holder before the first wanted one; {@code null} to begin at the beginning
     * @param limit how many holders at most, from 1
     * @return the holders that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit);

    /**
     * Returns where a holder's history begins.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return the anchor, or empty if nothing was archived yet
     * @throws StorageException if the storage fails
     */
    Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder);

    /**
     * Deletes the events up to an anchor and puts the anchor in their place, in one atomic step, provided that the anchor
     * before still stands, and that every consumer of the feed has the events.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @param before the anchor that must stand; {@code null} if there must be none
     * @param anchor the anchor that stands from then on, behind a later event
     * @return whether it was done
     * @throws StorageException if the storage fails
     */
    boolean archive(ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor);
}
