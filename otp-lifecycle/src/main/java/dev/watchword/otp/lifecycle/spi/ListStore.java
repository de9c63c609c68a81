package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.StorageException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of what a {@link TokenStore} and a {@link StockStore} keep, in pages, each read straight from an index. Must be safe
 * for use by several threads. Between two pages others write: an entry that moves may be in both or in neither.
 *
 * <p>Texts are ordered by the code points of their characters. Methods throw {@link StorageException} if the storage fails.
 */
public interface ListStore {
    /**
     * Lists the tokens in use that expire within a time, by their expiry and then their serial numbers.
     *
     * @param serviceId the institution
     * @param from the first instant
     * @param until the first instant that is too late
     * @param after the entry before the first wanted one, of which the expiry and the serial number count; {@code null} to
     *     begin at the beginning
     * @param limit how many at most, from 1
     * @return the entries that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<ListedToken> expiring(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit);

    /**
     * Lists the suspended tokens, in use or not yet, by the instant since when they are, and then their serial numbers.
     *
     * @param serviceId the institution
     * @param after the entry before the first wanted one, of which that instant and the serial number count; {@code null} to
     *     begin at the beginning
     * @param limit how many at most, from 1
     * @return the entries that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<ListedToken> suspended(ServiceId serviceId, @Nullable ListedToken after, int limit);

    /**
     * Lists the issues and orders that wait and lapse within a time, by the instant at which they do, and then their holders.
     *
     * @param serviceId the institution
     * @param from the first instant
     * @param until the first instant that is too late
     * @param after the entry before the first wanted one, of which that instant and the holder count; {@code null} to begin
     *     at the beginning
     * @param limit how many at most, from 1
     * @return the entries that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<ListedWaiting> waiting(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedWaiting after, int limit);

    /**
     * Lists the fobs that are in a state, by their batches and then their serial numbers.
     *
     * @param serviceId the institution
     * @param state the state
     * @param after the entry before the first wanted one, of which the batch and the serial number count; {@code null} to
     *     begin at the beginning
     * @param limit how many at most, from 1
     * @return the entries that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<ListedFob> fobs(ServiceId serviceId, StockState state, @Nullable ListedFob after, int limit);
}
