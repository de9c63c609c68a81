package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.Suspension;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of the enrolments of one institution. */
final class InMemoryLists {
    private static final Comparator<ListedToken> BY_EXPIRY =
            comparing((ListedToken entry) -> entry.token().expiresAt()).thenComparing(InMemoryLists::serial);

    private static final Comparator<ListedToken> BY_SUSPENSION =
            comparing(InMemoryLists::suspendedSince).thenComparing(InMemoryLists::serial);

    private static final Comparator<ListedWaiting> BY_LAPSE = comparing(
                    (ListedWaiting entry) -> entry.waiting().lapsesAt())
            .thenComparing(entry -> entry.holder().reference());

    static final Comparator<ListedFob> BY_BATCH = comparing(
                    (ListedFob entry) -> entry.batch().name())
            .thenComparing(entry -> entry.serial().value());

    private InMemoryLists() {}

    private static String serial(ListedToken entry) {
        return entry.token().serial().value();
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

    private static Stream<Token> tokens(Enrolment enrolment) {
        Waiting waiting = enrolment.waiting();
        return Stream.of(enrolment.token(), waiting == null ? null : waiting.token())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    static List<ListedWaiting> waiting(
            List<Enrolment> enrolments, Instant from, Instant until, @Nullable ListedWaiting after, int limit) {
        Stream<ListedWaiting> all = enrolments.stream()
                .filter(enrolment -> enrolment.waiting() != null)
                .map(ListedWaiting::of)
                .filter(entry -> isWithin(entry.waiting().lapsesAt(), from, until));
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
