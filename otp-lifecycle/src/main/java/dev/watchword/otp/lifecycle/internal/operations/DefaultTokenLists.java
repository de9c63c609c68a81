package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.spi.ListStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lists of an institution, read through the list part of its store. */
public final class DefaultTokenLists implements TokenLists {
    private final ServiceId serviceId;
    private final ListStore store;

    public DefaultTokenLists(Context context) {
        serviceId = context.serviceId();
        store = context.require(ListStore.class);
    }

    @Override
    public List<ListedToken> expiring(Instant from, Instant until, @Nullable ListedToken after, int limit) {
        requireRange(from, until);
        return store.expiring(serviceId, from, until, after, requireLimit(limit));
    }

    @Override
    public List<ListedToken> suspended(@Nullable ListedToken after, int limit) {
        if (after != null && after.token().suspension() == null) {
            throw new IllegalArgumentException("after must be an entry of this list: a suspended token");
        }
        return store.suspended(serviceId, after, requireLimit(limit));
    }

    @Override
    public List<ListedToken> unusedSince(LocalDate day, @Nullable ListedToken after, int limit) {
        if (after != null && after.token().lastAcceptedOn() == null) {
            throw new IllegalArgumentException("after must be an entry of this list: a token with an accepted code");
        }
        return store.unusedSince(serviceId, requireNonNull(day, "day"), after, requireLimit(limit));
    }

    @Override
    public List<TokenCount> counts() {
        return store.counts(serviceId);
    }

    @Override
    public List<ListedHolder> suspendedHolders(@Nullable ListedHolder after, int limit) {
        return store.suspendedHolders(serviceId, after, requireLimit(limit));
    }

    @Override
    public List<ListedPending> pending(Instant from, Instant until, @Nullable ListedPending after, int limit) {
        requireRange(from, until);
        return store.pending(serviceId, from, until, after, requireLimit(limit));
    }

    @Override
    public List<ListedStock> stock(StockState state, @Nullable ListedStock after, int limit) {
        return store.stock(serviceId, requireNonNull(state, "state"), after, requireLimit(limit));
    }

    @Override
    public Optional<ListedStock> stockOf(@Nullable String serial) {
        return SerialNumber.parse(serial)
                .flatMap(parsed -> store.stockInRange(serviceId, parsed, parsed, null, 1).stream()
                        .findFirst());
    }

    @Override
    public Optional<Holder> holderOfUserId(@Nullable String userId) {
        return UserId.parse(userId).flatMap(parsed -> store.holderOf(serviceId, parsed));
    }

    @Override
    public Optional<Holder> holderOfSerial(@Nullable String serial) {
        return SerialNumber.parse(serial).flatMap(parsed -> store.holderOf(serviceId, parsed));
    }

    private static void requireRange(Instant from, Instant until) {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("until must not be before from, which is " + from + ", not " + until);
        }
    }

    private static int requireLimit(int limit) {
        Require.range(limit, "limit", 1, MAX_LIMIT, "the size of a page");
        return limit;
    }
}
