package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists for the institution's staff: expiring, unused and suspended tokens, suspended holders, pending tokens and orders, and the
 * stock. Also counts tokens. The store reads each page from an index, regardless of the number of tokens. The last entry of a
 * page leads to the next page. Thread-safe.
 *
 * <p>Other operations can run between the reads of two pages, so an entry that moves meanwhile may be on both pages or on
 * neither. A list is a hint: no operation bases its decision on a list.
 */
public interface TokenLists {
    /** The greatest number of entries on a page. */
    int MAX_LIMIT = 1_000;

    /**
     * Lists the tokens in use that expire within a period, by expiry. Use it to remind their holders of the renewal.
     *
     * @param from the first instant
     * @param until the first instant after the period
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value #MAX_LIMIT}
     * @return the next entries; the last page has fewer entries than the limit
     * @throws IllegalArgumentException if the limit is out of range, or {@code until} is before {@code from}
     * @throws WatchwordException if the store fails
     */
    List<ListedToken> expiring(Instant from, Instant until, @Nullable ListedToken after, int limit);

    /**
     * Lists the suspended tokens, in use or pending, with the reason and the operator, the longest suspension first.
     *
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value #MAX_LIMIT}
     * @return the next entries; the last page has fewer entries than the limit
     * @throws IllegalArgumentException if the limit is out of range, or the token of {@code after} is not suspended
     * @throws WatchwordException if the store fails
     */
    List<ListedToken> suspended(@Nullable ListedToken after, int limit);

    /**
     * Lists the tokens in use whose last code was accepted before a day in UTC ({@link TokenInfo#lastAcceptedOn}), the longest
     * unused first. The list includes suspended and expired tokens.
     *
     * @param day the first day on which no listed token was used
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value #MAX_LIMIT}
     * @return the next entries; the last page has fewer entries than the limit
     * @throws IllegalArgumentException if the limit is out of range, or the token of {@code after} has no day
     * @throws WatchwordException if the store fails
     */
    List<ListedToken> unusedSince(LocalDate day, @Nullable ListedToken after, int limit);

    /**
     * Counts the tokens in use and the pending ones by kind and state. A pending token that is overdue counts until its lapse is
     * recorded. The store reads an index with one entry for each token, so do not count at every login.
     *
     * @return the numbers that are not 0, by kind and then by state
     * @throws WatchwordException if the store fails
     */
    List<TokenCount> counts();

    /**
     * Lists the suspended holders, with the reason and the operator, the longest suspension first. A suspended holder may have no
     * token. The list of suspended tokens contains the tokens of these holders only if the tokens are suspended themselves.
     *
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value #MAX_LIMIT}
     * @return the following entries; fewer than the limit on the last page
     * @throws IllegalArgumentException if the limit is out of range
     * @throws WatchwordException if the store fails
     */
    List<ListedHolder> suspendedHolders(@Nullable ListedHolder after, int limit);

    /**
     * Lists the pending tokens and orders that lapse within a period, the first to lapse first. An overdue one stays in the list
     * until an operation of its holder or {@code TokenService.lapse} records the lapse.
     *
     * @param from the first instant; the current instant leaves out overdue ones
     * @param until the first instant after the period
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value #MAX_LIMIT}
     * @return the next entries; the last page has fewer entries than the limit
     * @throws IllegalArgumentException if the limit is out of range, or {@code until} is before {@code from}
     * @throws WatchwordException if the store fails
     */
    List<ListedPending> pending(Instant from, Instant until, @Nullable ListedPending after, int limit);

    /**
     * Lists the tokens of the stock in a state, by batch.
     *
     * @param state the state
     * @param after the last entry of the page before; {@code null} for the first page
     * @param limit the greatest number of entries, 1 to {@value #MAX_LIMIT}
     * @return the next entries; the last page has fewer entries than the limit
     * @throws IllegalArgumentException if the limit is out of range
     * @throws WatchwordException if the store fails
     */
    List<ListedStock> stock(StockState state, @Nullable ListedStock after, int limit);

    /**
     * Finds a token of a published batch: its batch, and its holder or its withdrawal if it left the stock.
     *
     * @param serial the serial number that was entered; may be {@code null} or malformed
     * @return the entry, or empty if no published batch contained the token
     * @throws WatchwordException if the store fails
     */
    Optional<ListedStock> stockOf(@Nullable String serial);

    /**
     * Finds the holder to whom a user ID belongs. It belongs to the holder permanently.
     *
     * @param userId the user ID that was entered; may be {@code null} or malformed
     * @return the holder, or empty if nobody has the user ID
     * @throws WatchwordException if the store fails
     */
    Optional<Holder> holderOfUserId(@Nullable String userId);

    /**
     * Finds the holder who has or had a token, for instance a hardware token that was found. {@link TokenStock#state} tells about a token
     * without a holder.
     *
     * @param serial the serial number that was entered; may be {@code null} or malformed
     * @return the holder, or empty if the token was never a holder's
     * @throws WatchwordException if the store fails
     */
    Optional<Holder> holderOfSerial(@Nullable String serial);
}
