package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.ListStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lists of a {@link Saboteur}. */
final class ListSaboteur implements ListStore {
    private final SaboteurTables tables;
    private final StockSaboteur stock;

    ListSaboteur(SaboteurTables tables, StockSaboteur stock) {
        this.tables = tables;
        this.stock = stock;
    }

    @Override
    public List<ListedToken> expiring(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit) {
        synchronized (tables.lock) {
            List<Enrolment> enrolments = new ArrayList<>(tables.all(serviceId));
            if (tables.has(Flaw.LISTS_REVOKED_TOKENS)) {
                enrolments.replaceAll(ListSaboteur::unrevoked);
            }
            Instant first = tables.has(Flaw.LEAVES_OUT_THE_FIRST_INSTANT) ? from.plusNanos(1_000) : from;
            if (after != null && tables.has(Flaw.LISTS_ONE_OF_AN_INSTANT)) {
                first = after.token().expiresAt().plusNanos(1_000);
            }
            Instant last = tables.has(Flaw.LISTS_TOKENS_THAT_EXPIRE_TOO_LATE) ? until.plusNanos(1_000) : until;
            return InMemoryLists.expiring(enrolments, first, last, after, limit);
        }
    }

    private static Enrolment unrevoked(Enrolment enrolment) {
        Token token = enrolment.token();
        return token == null
                ? enrolment
                : enrolment.toBuilder()
                        .token(token.toBuilder()
                                .state(TokenState.ACTIVE)
                                .secret(Scene.token(token.serial()).secret())
                                .revokedAt(null)
                                .suspension(null)
                                .build())
                        .build();
    }

    @Override
    public List<ListedToken> suspended(ServiceId serviceId, @Nullable ListedToken after, int limit) {
        synchronized (tables.lock) {
            return InMemoryLists.suspended(tables.all(serviceId), after, limit).stream()
                    .filter(entry ->
                            entry.token().activatedAt() != null || !tables.has(Flaw.LISTS_NO_SUSPENDED_PENDING_TOKENS))
                    .toList();
        }
    }

    @Override
    public List<ListedToken> unusedSince(ServiceId serviceId, LocalDate day, @Nullable ListedToken after, int limit) {
        synchronized (tables.lock) {
            List<Enrolment> enrolments = new ArrayList<>(tables.all(serviceId));
            if (tables.has(Flaw.LISTS_REVOKED_TOKENS_AS_UNUSED)) {
                enrolments.replaceAll(ListSaboteur::unrevoked);
            }
            LocalDate end = tables.has(Flaw.LISTS_TOKENS_USED_ON_THE_DAY) ? day.plusDays(1) : day;
            List<ListedToken> page = InMemoryLists.unusedSince(enrolments, end, after, limit);
            return tables.has(Flaw.LISTS_UNUSED_TOKENS_BY_SERIAL)
                    ? page.stream()
                            .sorted(comparing(entry -> entry.token().serial().value()))
                            .toList()
                    : page;
        }
    }

    @Override
    public Optional<Holder> holderOf(ServiceId serviceId, UserId userId) {
        synchronized (tables.lock) {
            return tables.has(Flaw.FINDS_NO_HOLDER_OF_A_USER_ID)
                    ? Optional.empty()
                    : tables.holderOf(serviceId, userId);
        }
    }

    @Override
    public Optional<Holder> holderOf(ServiceId serviceId, SerialNumber serial) {
        synchronized (tables.lock) {
            return tables.holderOf(serviceId, serial)
                    .filter(holder -> !tables.has(Flaw.FINDS_HOLDERS_OF_TOKENS_IN_USE_ONLY)
                            || tables.all(serviceId).stream()
                                    .map(Enrolment::activeToken)
                                    .anyMatch(token ->
                                            token != null && token.serial().equals(serial)));
        }
    }

    @Override
    public List<TokenCount> counts(ServiceId serviceId) {
        synchronized (tables.lock) {
            List<Enrolment> enrolments = new ArrayList<>(tables.all(serviceId));
            if (tables.has(Flaw.COUNTS_REVOKED_TOKENS)) {
                enrolments.replaceAll(ListSaboteur::unrevoked);
            }
            return InMemoryLists.counts(enrolments).stream()
                    .filter(count -> count.state() != TokenState.ISSUED || !tables.has(Flaw.COUNTS_NO_PENDING_TOKENS))
                    .map(count -> tables.has(Flaw.COUNTS_NO_SUSPENDED_TOKENS) ? count.withSuspended(0) : count)
                    .toList();
        }
    }

    @Override
    public List<ListedHolder> suspendedHolders(ServiceId serviceId, @Nullable ListedHolder after, int limit) {
        synchronized (tables.lock) {
            List<ListedHolder> page = InMemoryLists.suspendedHolders(tables.all(serviceId), after, limit).stream()
                    .filter(entry -> entry.userId() != null || !tables.has(Flaw.LISTS_NO_SUSPENDED_STRANGERS))
                    .toList();
            return tables.has(Flaw.LISTS_SUSPENDED_HOLDERS_BY_REFERENCE)
                    ? page.stream()
                            .sorted(comparing(entry -> entry.holder().value()))
                            .toList()
                    : page;
        }
    }

    @Override
    public List<ListedPending> pending(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedPending after, int limit) {
        synchronized (tables.lock) {
            return InMemoryLists.pending(tables.all(serviceId), from, until, after, limit).stream()
                    .filter(entry -> entry.pending().token() != null || !tables.has(Flaw.LISTS_NO_ORDERS))
                    .toList();
        }
    }

    @Override
    public List<ListedStock> stock(ServiceId serviceId, StockState state, @Nullable ListedStock after, int limit) {
        return stock.list(serviceId, state, after, limit);
    }

    @Override
    public List<ListedStock> stockOfBatch(
            ServiceId serviceId, BatchId batch, StockState state, @Nullable SerialNumber after, int limit) {
        return stock.ofBatch(serviceId, batch, state, after, limit);
    }

    @Override
    public List<ListedStock> stockInRange(
            ServiceId serviceId, SerialNumber first, SerialNumber last, @Nullable SerialNumber after, int limit) {
        return stock.inRange(serviceId, first, last, after, limit);
    }
}
