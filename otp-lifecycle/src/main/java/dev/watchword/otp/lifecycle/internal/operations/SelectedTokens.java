package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.Criterion;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.operations.BulkItem;
import dev.watchword.otp.lifecycle.operations.Selection;
import dev.watchword.otp.lifecycle.spi.ListStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tokens of a selection, page by page. For one thread. */
final class SelectedTokens {
    private static final int PAGE = 200;

    /** Reads the page after an entry. */
    private interface Pages {
        List<BulkItem> next();
    }

    private final Pages pages;
    private final Criterion criterion;

    private SelectedTokens(Pages pages, Criterion criterion) {
        this.pages = pages;
        this.criterion = criterion;
    }

    /** Returns the following page, empty after the last one. */
    List<BulkItem> next() {
        return pages.next();
    }

    /** Returns the condition that a selected token must still meet when it is changed. */
    Criterion criterion() {
        return criterion;
    }

    /**
     * Selects tokens.
     *
     * @param ofStock the state that hardware tokens must have if the selection is a batch or a range of serial numbers
     */
    static SelectedTokens of(Context context, Selection selection, StockState ofStock) {
        ListStore lists = context.require(ListStore.class);
        ServiceId serviceId = context.serviceId();
        if (selection instanceof Selection.OfBatch batch) {
            return new SelectedTokens(
                    new Paged<ListedStock>(
                            after -> lists.stockOfBatch(serviceId, batch.batch(), ofStock, serial(after), PAGE),
                            SelectedTokens::item),
                    new Criterion.Any());
        }
        if (selection instanceof Selection.OfSerials serials) {
            return new SelectedTokens(
                    new Paged<ListedStock>(
                            after ->
                                    lists.stockInRange(serviceId, serials.first(), serials.last(), serial(after), PAGE),
                            entry -> entry.withdrawal() == null
                                            && (entry.holder() == null) == (ofStock == StockState.AVAILABLE)
                                    ? item(entry)
                                    : Stream.empty()),
                    new Criterion.Any());
        }
        if (selection instanceof Selection.ExpiringBefore expiring) {
            return ofTokens(
                    after -> lists.expiring(serviceId, Instant.MIN, expiring.instant(), after, PAGE),
                    new Criterion.ExpiresBefore(expiring.instant()));
        }
        if (selection instanceof Selection.UnusedSince unused) {
            return ofTokens(
                    after -> lists.unusedSince(serviceId, unused.day(), after, PAGE),
                    new Criterion.UnusedSince(unused.day()));
        }
        if (selection instanceof Selection.SuspendedBefore suspended) {
            return ofTokens(
                    after -> lists.suspended(serviceId, after, PAGE).stream()
                            .takeWhile(entry -> isSuspendedBefore(entry, suspended.instant()))
                            .toList(),
                    new Criterion.SuspendedBefore(suspended.instant()));
        }
        if (selection instanceof Selection.Overdue) {
            Instant afterNow = context.now().plus(1, ChronoUnit.MICROS);
            return new SelectedTokens(
                    new Paged<ListedPending>(
                            after -> lists.pending(serviceId, Instant.MIN, afterNow, after, PAGE),
                            SelectedTokens::item),
                    new Criterion.Any());
        }
        throw new IllegalStateException("There is no list for the selection " + selection);
    }

    private static SelectedTokens ofTokens(
            Function<@Nullable ListedToken, List<ListedToken>> read, Criterion criterion) {
        return new SelectedTokens(new Paged<>(read, SelectedTokens::item), criterion);
    }

    private static @Nullable SerialNumber serial(@Nullable ListedStock entry) {
        return entry == null ? null : entry.serial();
    }

    private static Stream<BulkItem> item(ListedStock entry) {
        return Stream.of(BulkItem.of(entry.holder(), entry.serial()));
    }

    private static Stream<BulkItem> item(ListedPending entry) {
        TokenInfo token = entry.pending().token();
        return Stream.of(BulkItem.of(entry.holder(), token == null ? null : token.serial()));
    }

    private static Stream<BulkItem> item(ListedToken entry) {
        return Stream.of(BulkItem.of(entry.holder(), entry.token().serial()));
    }

    private static boolean isSuspendedBefore(ListedToken entry, Instant instant) {
        Suspension suspension = entry.token().suspension();
        return suspension != null && suspension.since().isBefore(instant);
    }

    /**
     * The pages of a list. A page without selected entries is not the last one, so the following pages are read at once.
     *
     * @param <T> the entries of the list
     */
    private static final class Paged<T> implements Pages {
        private final Function<@Nullable T, List<T>> read;
        private final Function<T, Stream<BulkItem>> items;
        private @Nullable T last;

        Paged(Function<@Nullable T, List<T>> read, Function<T, Stream<BulkItem>> items) {
            this.read = read;
            this.items = items;
        }

        @Override
        public List<BulkItem> next() {
            while (true) {
                List<T> page = read.apply(last);
                if (page.isEmpty()) {
                    return List.of();
                }
                last = page.get(page.size() - 1);
                List<BulkItem> selected = page.stream().flatMap(items).toList();
                if (!selected.isEmpty()) {
                    return selected;
                }
            }
        }
    }
}
