package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.Criterion;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.operations.BulkItem;
import dev.watchword.otp.lifecycle.operations.Selection;
import dev.watchword.otp.lifecycle.spi.ListStore;
import java.time.Instant;
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

    private SelectedTokens(Pages pages) {
        this.pages = pages;
    }

    /** Returns the following page, empty after the last one. */
    List<BulkItem> next() {
        return pages.next();
    }

    /**
     * Selects tokens.
     *
     * @param ofStock the state of the hardware tokens that are meant by a selection from the stock
     */
    static SelectedTokens of(Context context, Selection selection, StockState ofStock) {
        ListStore lists = context.require(ListStore.class);
        ServiceId serviceId = context.serviceId();
        Instant now = context.now();
        if (selection instanceof Selection.OfBatch batch) {
            return new SelectedTokens(new Paged<ListedStock>(
                    after -> lists.stockOfBatch(
                            serviceId, batch.batch(), ofStock, after == null ? null : after.serial(), PAGE),
                    entry -> Stream.of(BulkItem.of(entry.holder(), entry.serial()))));
        }
        if (selection instanceof Selection.OfSerials serials) {
            return new SelectedTokens(new Paged<ListedStock>(
                    after -> lists.stockInRange(
                            serviceId, serials.first(), serials.last(), after == null ? null : after.serial(), PAGE),
                    entry -> entry.withdrawal() == null && (entry.holder() == null) == (ofStock == StockState.AVAILABLE)
                            ? Stream.of(BulkItem.of(entry.holder(), entry.serial()))
                            : Stream.empty()));
        }
        if (selection instanceof Selection.ExpiringBefore expiring) {
            return new SelectedTokens(new Paged<ListedToken>(
                    after -> lists.expiring(serviceId, Instant.MIN, expiring.instant(), after, PAGE),
                    SelectedTokens::item));
        }
        if (selection instanceof Selection.SuspendedBefore suspended) {
            return new SelectedTokens(new Paged<ListedToken>(
                    after -> lists.suspended(serviceId, after, PAGE).stream()
                            .takeWhile(entry -> isSuspendedBefore(entry, suspended.instant()))
                            .toList(),
                    SelectedTokens::item));
        }
        return new SelectedTokens(new Paged<ListedPending>(
                after -> lists.pending(serviceId, Instant.MIN, now.plusNanos(1000), after, PAGE),
                entry -> Stream.of(BulkItem.of(
                        entry.holder(),
                        entry.pending().token() == null
                                ? null
                                : entry.pending().token().serial()))));
    }

    private static Stream<BulkItem> item(ListedToken entry) {
        return Stream.of(BulkItem.of(entry.holder(), entry.token().serial()));
    }

    private static boolean isSuspendedBefore(ListedToken entry, Instant instant) {
        Suspension suspension = entry.token().suspension();
        return suspension != null && suspension.since().isBefore(instant);
    }

    /** What a selected token must still meet when it is changed. */
    static Criterion criterion(Selection selection) {
        if (selection instanceof Selection.ExpiringBefore expiring) {
            return new Criterion.ExpiresBefore(expiring.instant());
        }
        return selection instanceof Selection.SuspendedBefore suspended
                ? new Criterion.SuspendedBefore(suspended.instant())
                : new Criterion.Any();
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
