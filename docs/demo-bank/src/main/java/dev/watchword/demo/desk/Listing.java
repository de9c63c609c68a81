package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Sealer;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the pages of the lists. */
@Component
class Listing {
    /** The number of rows on a page. */
    static final int SIZE = 20;

    /** Longer than any pending token or order waits. */
    private static final Duration LONG = Duration.ofDays(3650);

    private final TokenLists lists;
    private final Sealer links;
    private final Clock clock;

    Listing(TokenLists lists, Sealer links, Clock clock) {
        this.lists = lists;
        this.links = links;
        this.clock = clock;
    }

    /**
     * A page of a list.
     *
     * @param rows the rows
     * @param next the parameter that leads to the next page; {@code null} on the last page
     */
    record Page(List<ListRow> rows, @Nullable String next) {}

    /**
     * Reads a page.
     *
     * @param kind the list
     * @param days the days within which tokens expire
     * @param since the first day without an accepted code
     * @param after the parameter {@link Page#next} of the page before; absent for the first page
     * @return the page
     */
    Page read(ListKind kind, int days, LocalDate since, Optional<String> after) {
        Cursor cursor = after.flatMap(parameter -> links.open("list", parameter))
                .flatMap(Cursor::parse)
                .orElse(null);
        Instant now = clock.instant();
        List<ListRow> rows = switch (kind) {
            case EXPIRING ->
                lists.expiring(now, now.plus(Duration.ofDays(days)), token(cursor), SIZE).stream()
                        .map(ListRow::expiring)
                        .toList();
            case SUSPENDED ->
                lists.suspended(token(cursor), SIZE).stream()
                        .map(ListRow::suspended)
                        .toList();
            case SUSPENDED_HOLDERS ->
                lists.suspendedHolders(cursor == null ? null : cursor.holder(), SIZE).stream()
                        .map(ListRow::of)
                        .toList();
            case PENDING ->
                lists.pending(now, now.plus(LONG), cursor == null ? null : cursor.pending(), SIZE).stream()
                        .map(ListRow::of)
                        .toList();
            case UNUSED ->
                lists.unusedSince(since, token(cursor), SIZE).stream()
                        .map(ListRow::unused)
                        .toList();
        };
        return new Page(rows, rows.size() < SIZE ? null : links.seal("list", next(kind, rows.get(SIZE - 1))));
    }

    private static @Nullable ListedToken token(@Nullable Cursor cursor) {
        return cursor == null ? null : cursor.token();
    }

    private static String next(ListKind kind, ListRow last) {
        return Cursor.of(
                        last,
                        switch (kind) {
                            case EXPIRING, SUSPENDED, UNUSED -> last.serial();
                            case SUSPENDED_HOLDERS, PENDING -> last.holder();
                        })
                .toString();
    }
}
