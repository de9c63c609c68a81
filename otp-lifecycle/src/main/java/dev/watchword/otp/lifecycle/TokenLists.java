package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.ListStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an institution looks through: tokens that expire soon, suspended ones, what waits, the stock. In pages, each of which
 * is read straight from an index, however many tokens there are; the last entry of a page leads to the next. Safe for use by
 * several threads.
 *
 * <p>Between two pages others go on working: an entry that moves meanwhile may be in both or in neither.
 */
public final class TokenLists {
    /** How many entries a page has at most. */
    public static final int MAX_LIMIT = 1_000;

    private final ServiceId serviceId;
    private final ListStore store;

    private TokenLists(ServiceId serviceId, ListStore store) {
        this.serviceId = serviceId;
        this.store = store;
    }

    /**
     * Creates the lists of an institution.
     *
     * @param serviceId the institution
     * @param store where its tokens and fobs are kept
     * @return the lists
     */
    public static TokenLists of(ServiceId serviceId, ListStore store) {
        return new TokenLists(requireNonNull(serviceId, "serviceId"), requireNonNull(store, "store"));
    }

    /**
     * Lists the tokens in use that expire within a time, the first to expire first: whom to remind of renewing.
     *
     * @param from the first instant
     * @param until the first instant that is too late
     * @param after the last entry of the page before; {@code null} to begin at the beginning
     * @param limit how many entries at most, 1 to {@value #MAX_LIMIT}
     * @return the entries that follow; fewer than the limit if there are no more
     * @throws IllegalArgumentException if the limit is out of range, or until is before from
     * @throws StorageException if the store fails
     */
    public List<ListedToken> expiring(Instant from, Instant until, @Nullable ListedToken after, int limit) {
        requireRange(from, until);
        return store.expiring(serviceId, from, until, after, requireLimit(limit));
    }

    /**
     * Lists the suspended tokens, in use or not yet, with why and by whom, those suspended longest first.
     *
     * @param after the last entry of the page before; {@code null} to begin at the beginning
     * @param limit how many entries at most, 1 to {@value #MAX_LIMIT}
     * @return the entries that follow; fewer than the limit if there are no more
     * @throws IllegalArgumentException if the limit is out of range, or the entry's token is not suspended
     * @throws StorageException if the store fails
     */
    public List<ListedToken> suspended(@Nullable ListedToken after, int limit) {
        if (after != null && after.token().suspension() == null) {
            throw new IllegalArgumentException("after must be an entry of this list: a suspended token");
        }
        return store.suspended(serviceId, after, requireLimit(limit));
    }

    /**
     * Lists the issues and orders that wait for their activation and lapse within a time, the first to lapse first. Those
     * that should have lapsed already are in it until somebody asks for them, or {@linkplain TokenService#lapse lapses} them.
     *
     * @param from the first instant; now for those that have not lapsed
     * @param until the first instant that is too late
     * @param after the last entry of the page before; {@code null} to begin at the beginning
     * @param limit how many entries at most, 1 to {@value #MAX_LIMIT}
     * @return the entries that follow; fewer than the limit if there are no more
     * @throws IllegalArgumentException if the limit is out of range, or until is before from
     * @throws StorageException if the store fails
     */
    public List<ListedWaiting> waiting(Instant from, Instant until, @Nullable ListedWaiting after, int limit) {
        requireRange(from, until);
        return store.waiting(serviceId, from, until, after, requireLimit(limit));
    }

    /**
     * Lists the fobs that are in a state, batch by batch.
     *
     * @param state the state
     * @param after the last entry of the page before; {@code null} to begin at the beginning
     * @param limit how many entries at most, 1 to {@value #MAX_LIMIT}
     * @return the entries that follow; fewer than the limit if there are no more
     * @throws IllegalArgumentException if the limit is out of range
     * @throws StorageException if the store fails
     */
    public List<ListedFob> fobs(StockState state, @Nullable ListedFob after, int limit) {
        return store.fobs(serviceId, requireNonNull(state, "state"), after, requireLimit(limit));
    }

    private static void requireRange(Instant from, Instant until) {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("until must not be before from, which is " + from + ", not " + until);
        }
    }

    private static int requireLimit(int limit) {
        Require.range(limit, "limit", 1, MAX_LIMIT, "a page");
        return limit;
    }
}
