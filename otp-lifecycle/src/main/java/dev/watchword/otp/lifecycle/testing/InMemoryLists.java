package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lists of one institution, computed from its enrolments. */
final class InMemoryLists {
    private static final Comparator<ListedToken> BY_EXPIRY =
            comparing((ListedToken entry) -> entry.token().expiresAt()).thenComparing(InMemoryLists::serial);

    private static final Comparator<ListedToken> BY_SUSPENSION =
            comparing(InMemoryLists::suspendedSince).thenComparing(InMemoryLists::serial);

    private static final Comparator<ListedToken> BY_LAST_USE =
            comparing(InMemoryLists::lastAcceptedOn).thenComparing(InMemoryLists::serial);

    private static final Comparator<ListedHolder> BY_HOLDERS_SUSPENSION = comparing(
                    (ListedHolder entry) -> entry.suspension().since())
            .thenComparing(entry -> entry.holder().value());

    private static final Comparator<ListedPending> BY_LAPSE = comparing(
                    (ListedPending entry) -> entry.pending().lapsesAt())
            .thenComparing(entry -> entry.holder().value());

    static final Comparator<ListedStock> BY_BATCH = comparing(
                    (ListedStock entry) -> entry.batch().value())
            .thenComparing(entry -> entry.serial().value());

    private InMemoryLists() {}

    private static String serial(ListedToken entry) {
        return entry.token().serial().value();
    }

    private static LocalDate lastAcceptedOn(ListedToken entry) {
        return requireNonNull(entry.token().lastAcceptedOn());
    }

    private static Instant suspendedSince(ListedToken entry) {
        Suspension suspension = requireNonNull(entry.token().suspension());
        return suspension.since();
    }

    static List<ListedToken> expiring(
            List<Enrolment> enrolments, Instant from, Instant until, @Nullable ListedToken after, int limit) {
        Stream<ListedToken> all = enrolments.stream()
                .filter(enrolment -> enrolment.state() == TokenState.ACTIVE)
                .map(enrolment -> ListedToken.of(enrolment, requireNonNull(enrolment.token())))
                .filter(entry -> isWithin(entry.token().expiresAt(), from, until));
        return page(all, BY_EXPIRY, after, limit);
    }

    static List<ListedToken> suspended(List<Enrolment> enrolments, @Nullable ListedToken after, int limit) {
        Stream<ListedToken> all = enrolments.stream()
                .flatMap(enrolment -> tokens(enrolment)
                        .filter(token -> token.suspension() != null)
                        .map(token -> ListedToken.of(enrolment, token)));
        return page(all, BY_SUSPENSION, after, limit);
    }

    static List<ListedToken> unusedSince(
            List<Enrolment> enrolments, LocalDate day, @Nullable ListedToken after, int limit) {
        Stream<ListedToken> all = enrolments.stream()
                .filter(enrolment -> enrolment.state() == TokenState.ACTIVE)
                .map(enrolment -> ListedToken.of(enrolment, requireNonNull(enrolment.token())))
                .filter(entry -> entry.token().lastAcceptedOn() != null
                        && lastAcceptedOn(entry).isBefore(day));
        return page(all, BY_LAST_USE, after, limit);
    }

    static List<TokenCount> counts(List<Enrolment> enrolments) {
        List<TokenCount> counts = new ArrayList<>();
        for (TokenKind kind : TokenKind.values()) {
            for (TokenState state : List.of(TokenState.ISSUED, TokenState.ACTIVE)) {
                List<Token> tokens = enrolments.stream()
                        .flatMap(InMemoryLists::tokens)
                        .filter(token -> token.kind() == kind && token.state() == state)
                        .toList();
                if (!tokens.isEmpty()) {
                    long suspended = tokens.stream().filter(Token::isSuspended).count();
                    counts.add(TokenCount.of(kind, state, tokens.size(), suspended));
                }
            }
        }
        counts.sort(TokenCount.ORDER);
        return List.copyOf(counts);
    }

    static List<ListedHolder> suspendedHolders(List<Enrolment> enrolments, @Nullable ListedHolder after, int limit) {
        Stream<ListedHolder> all = enrolments.stream()
                .filter(enrolment -> enrolment.suspension() != null)
                .map(ListedHolder::of);
        return page(all, BY_HOLDERS_SUSPENSION, after, limit);
    }

    private static Stream<Token> tokens(Enrolment enrolment) {
        Pending waiting = enrolment.pending();
        return Stream.of(enrolment.token(), waiting == null ? null : waiting.token())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    static List<ListedPending> pending(
            List<Enrolment> enrolments, Instant from, Instant until, @Nullable ListedPending after, int limit) {
        Stream<ListedPending> all = enrolments.stream()
                .filter(enrolment -> enrolment.pending() != null)
                .map(ListedPending::of)
                .filter(entry -> isWithin(entry.pending().lapsesAt(), from, until));
        return page(all, BY_LAPSE, after, limit);
    }

    private static boolean isWithin(Instant at, Instant from, Instant until) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    static <T> List<T> page(Stream<T> all, Comparator<T> order, @Nullable T after, int limit) {
        return all.sorted(order)
                .filter(entry -> after == null || order.compare(entry, after) > 0)
                .limit(limit)
                .toList();
    }
}
