package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists of tokens and holders, an optional part of a {@link TokenStore}. A store reads each page from an index. It MUST be thread-safe.
 * Other transactions can commit between the reads of two pages, so an entry that moves meanwhile may be on both pages or on
 * neither.
 *
 * <p>Texts are ordered by the code points of their characters. Methods throw {@link StorageException} if the storage fails.
 */
public interface ListStore {
    /**
     * Lists the tokens in use that expire within a period, by expiry and then by serial number.
     *
     * @param serviceId the institution
     * @param from the first instant
     * @param until the first instant after the period
     * @param after the last entry of the page before, of which only the expiry and the serial number matter; {@code null} for the
     *     first page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedToken> expiring(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit);

    /**
     * Lists the suspended tokens, in use or pending, by the instant of the suspension and then by serial number.
     *
     * @param serviceId the institution
     * @param after the last entry of the page before, of which only that instant and the serial number matter; {@code null} for the
     *     first page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedToken> suspended(ServiceId serviceId, @Nullable ListedToken after, int limit);

    /**
     * Lists the tokens in use whose last code was accepted before a day ({@link Token#lastAcceptedOn}), by that day and then by
     * serial number.
     *
     * @param serviceId the institution
     * @param day the first day on which no listed token was used
     * @param after the last entry of the page before; the store MUST use only its day and its serial number; {@code null} for the
     *     first page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedToken> unusedSince(ServiceId serviceId, LocalDate day, @Nullable ListedToken after, int limit);

    /**
     * Counts the tokens in use and the pending ones by kind and state. The numbers are a hint: tokens can change while the store
     * counts.
     *
     * @param serviceId the institution
     * @return the numbers that are not 0, in {@link TokenCount#ORDER}
     * @throws WatchwordException if the storage fails
     */
    List<TokenCount> counts(ServiceId serviceId);

    /**
     * Lists the suspended holders, by the instant of the suspension and then by holder.
     *
     * @param serviceId the institution
     * @param after the last entry of the page before, of which only that instant and the holder matter; {@code null} for the first
     *     page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedHolder> suspendedHolders(ServiceId serviceId, @Nullable ListedHolder after, int limit);

    /**
     * Lists the pending tokens and orders that lapse within a period, by the instant of the lapse and then by holder.
     *
     * @param serviceId the institution
     * @param from the first instant
     * @param until the first instant after the period
     * @param after the last entry of the page before, of which only that instant and the holder matter; {@code null} for the first
     *     page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedPending> pending(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedPending after, int limit);

    /**
     * Lists the tokens of the stock in a state, by batch and then by serial number.
     *
     * @param serviceId the institution
     * @param state the state
     * @param after the last entry of the page before, of which only the batch and the serial number matter; {@code null} for the
     *     first page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedStock> stock(ServiceId serviceId, StockState state, @Nullable ListedStock after, int limit);

    /**
     * Lists the tokens of one published batch in a state, by serial number.
     *
     * @param serviceId the institution
     * @param batch the batch
     * @param state the state
     * @param after the last serial number of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedStock> stockOfBatch(
            ServiceId serviceId, BatchId batch, StockState state, @Nullable SerialNumber after, int limit);

    /**
     * Lists the tokens of published batches in a range of serial numbers, by serial number: the available, the assigned and the
     * withdrawn ones.
     *
     * @param serviceId the institution
     * @param first the first serial number
     * @param last the last serial number, which belongs to the range
     * @param after the last serial number of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, from 1
     * @return the following entries, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<ListedStock> stockInRange(
            ServiceId serviceId, SerialNumber first, SerialNumber last, @Nullable SerialNumber after, int limit);

    /**
     * Finds the holder to whom a user ID was assigned. The method reads nothing else of the enrolment, so that it works if the enrolment
     * cannot be read.
     *
     * @param serviceId the institution
     * @param userId the user ID
     * @return the holder, or empty if the user ID was never assigned
     * @throws WatchwordException if the storage fails
     */
    Optional<Holder> holderOf(ServiceId serviceId, UserId userId);

    /**
     * Finds the holder who has or had a token.
     *
     * @param serviceId the institution
     * @param serial the serial number of the token
     * @return the holder, or empty if the token was never a holder's
     * @throws WatchwordException if the storage fails
     */
    Optional<Holder> holderOf(ServiceId serviceId, SerialNumber serial);
}
