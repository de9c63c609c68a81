package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.ChainLink;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Factors;
import dev.watchword.otp.lifecycle.Failures;
import dev.watchword.otp.lifecycle.HistoryAnchor;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.Order;
import dev.watchword.otp.lifecycle.OrderState;
import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.Suspension;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.HistoryStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.Resealing;
import dev.watchword.otp.lifecycle.spi.SealedStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.Turn;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A store that is right but for one {@link Flaw}. */
final class Saboteur implements TokenStore, StockStore, HistoryStore, FeedStore, SealedStore, ListStore {
    static final long NANOS_TO_BE_OVERTAKEN = 500_000;

    private record Claim(Object what, String serviceId) {}

    private final Flaw flaw;
    private final SaboteurStock stock;
    private final Object lock = new Object();
    private final Map<String, List<RecordedEvent>> histories = new HashMap<>();
    private final Map<ServiceId, InMemoryFeed> feeds = new HashMap<>();
    private final Map<String, HistoryAnchor> anchors = new HashMap<>();
    private final Set<Claim> claims = new HashSet<>();
    private final Set<UUID> changes = new HashSet<>();
    private final Set<Holder> locked = new HashSet<>();
    private Map<String, Enrolment> enrolments = new HashMap<>();

    Saboteur(Flaw flaw) {
        this.flaw = flaw;
        this.stock = new SaboteurStock(flaw);
    }

    private boolean has(Flaw other) {
        return flaw == other;
    }

    private String key(ServiceId serviceId, Holder holder) {
        String reference = holder.reference();
        if (has(Flaw.IGNORES_CASE)) {
            reference = reference.toLowerCase(Locale.ROOT);
        }
        if (has(Flaw.NORMALIZES_TEXT)) {
            reference = Normalizer.normalize(reference, Normalizer.Form.NFKC);
        }
        return has(Flaw.MIXES_INSTITUTIONS) ? reference : serviceId + "/" + reference;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        synchronized (lock) {
            Enrolment stored = enrolments.get(key(serviceId, holder));
            if (stored == null) {
                return has(Flaw.FINDS_WHAT_IS_NOT_THERE)
                        ? Optional.of(Enrolment.none(serviceId, holder))
                        : Optional.empty();
            }
            return Optional.of(remembered(stored));
        }
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        synchronized (lock) {
            return has(Flaw.FINDS_NOBODY_BY_USER_ID)
                    ? Optional.empty()
                    : enrolments.values().stream()
                            .filter(stored -> stored.serviceId().equals(serviceId) && userId.equals(stored.userId()))
                            .findFirst()
                            .map(this::remembered);
        }
    }

    private Enrolment remembered(Enrolment stored) {
        Token token = stored.token();
        return new Enrolment(
                stored.serviceId(),
                stored.holder(),
                stored.version(),
                stored.userId(),
                token == null ? null : remembered(token),
                has(Flaw.FORGETS_WHAT_WAITS) ? null : remembered(stored.waiting()),
                has(Flaw.FORGETS_REVOCATIONS) ? null : stored.softwareRevokedAt(),
                has(Flaw.FORGETS_ADDRESSES) ? null : stored.mailAddress(),
                has(Flaw.FORGETS_FACTORS) ? Factors.NONE : stored.factors(),
                stored.eventCount(),
                stored.head());
    }

    private @Nullable Waiting remembered(@Nullable Waiting waiting) {
        Order order = waiting == null ? null : waiting.order();
        if (waiting == null || order == null || order.sentAt() == null || !has(Flaw.FORGETS_WHEN_IT_WAS_SENT)) {
            return waiting;
        }
        return new Waiting(
                new Order(OrderState.ASSIGNED, order.placedAt(), order.assignedAt(), null),
                waiting.token(),
                waiting.lapsesAt());
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        synchronized (lock) {
            boolean claimed = claims.contains(new Claim(serial, serviceId.value()));
            boolean stocked = stock.state(serviceId, serial).isPresent();
            return (claimed && !has(Flaw.KNOWS_NO_CLAIMED_SERIALS)) || (stocked && !has(Flaw.KNOWS_NO_SERIALS_OF_FOBS));
        }
    }

    @Override
    public Turn turn(ServiceId serviceId, Holder holder) {
        return new SaboteurTurn(flaw, this, serviceId, holder);
    }

    /** Locks a holder for ever. */
    void lock(Holder holder) {
        synchronized (lock) {
            locked.add(holder);
        }
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return commit(change, false);
    }

    CommitResult commit(EnrolmentChange change, boolean blindly) {
        Map<String, Enrolment> read;
        CommitResult clash;
        synchronized (lock) {
            read = new HashMap<>(enrolments);
            clash = clash(change, blindly);
        }
        if (has(Flaw.CHECKS_THEN_ACTS) || has(Flaw.WRITES_BACK_ALL_IT_READ)) {
            LockSupport.parkNanos(NANOS_TO_BE_OVERTAKEN);
        }
        synchronized (lock) {
            if (!has(Flaw.CHECKS_THEN_ACTS)) {
                clash = clash(change, blindly);
            }
            if (has(Flaw.WRITES_EVENTS_APART) && clash != null && clash != CommitResult.COMMITTED) {
                writeEvents(change);
            }
            if (clash == CommitResult.STALE && has(Flaw.KEEPS_CLAIMS_OF_STALE_CHANGES)) {
                claimUserId(change);
            }
            if (clash != null && has(Flaw.REMEMBERS_WHAT_IT_REFUSED)) {
                changes.add(change.id());
            }
            if (clash != null) {
                return has(Flaw.SAYS_COMMITTED) ? CommitResult.COMMITTED : clash;
            }
            if (has(Flaw.WRITES_BACK_ALL_IT_READ)) {
                enrolments = read;
            }
            write(change);
        }
        if (has(Flaw.WRITES_EVENTS_LATER)) {
            LockSupport.parkNanos(NANOS_TO_BE_OVERTAKEN);
            synchronized (lock) {
                writeEvents(change);
            }
        }
        return CommitResult.COMMITTED;
    }

    /** Why a change is not to be written, or null. */
    private @Nullable CommitResult clash(EnrolmentChange change, boolean blindly) {
        Enrolment after = change.after();
        if (locked.contains(after.holder())) {
            return CommitResult.STALE;
        }
        if (isKnown(change)) {
            return CommitResult.COMMITTED;
        }
        Enrolment stored = enrolments.get(key(after.serviceId(), after.holder()));
        long version = stored == null ? 0 : stored.version();
        boolean blind = change.isFirst() ? has(Flaw.OVERWRITES_A_HOLDER) : has(Flaw.IGNORES_THE_VERSION);
        CommitResult stale = version == change.before().version() || blind || blindly ? null : CommitResult.STALE;
        CommitResult taken = taken(change);
        if (has(Flaw.TELLS_WHAT_IS_TAKEN_FIRST)) {
            return taken == null ? stale : taken;
        }
        return stale == null ? taken : stale;
    }

    private boolean isKnown(EnrolmentChange change) {
        if (has(Flaw.FORGETS_CHANGES)) {
            return false;
        }
        if (has(Flaw.KNOWS_THE_LAST_CHANGE_ONLY)) {
            Enrolment stored = enrolments.get(
                    key(change.after().serviceId(), change.after().holder()));
            return change.after().equals(stored) && changes.contains(change.id());
        }
        return changes.contains(change.id());
    }

    private @Nullable CommitResult taken(EnrolmentChange change) {
        if (change.allotsUserId() && claims.contains(userId(change)) && !has(Flaw.SHARES_USER_IDS)) {
            return CommitResult.USER_ID_TAKEN;
        }
        for (Token token : change.broughtTokens()) {
            boolean fromStock = has(Flaw.TAKES_EVERY_FOB_FROM_THE_STOCK)
                    ? token.kind() == TokenKind.HARDWARE
                    : EnrolmentChange.isFromStock(token);
            if (fromStock && !stock.has(change.after().serviceId(), token.serial())) {
                return CommitResult.NOT_IN_STOCK;
            }
            boolean known = claims.contains(serial(change, token))
                    || stock.knows(change.after().serviceId(), token.serial());
            if (!fromStock && known && !isReturned(change)) {
                return CommitResult.SERIAL_TAKEN;
            }
        }
        return null;
    }

    private boolean isReturned(EnrolmentChange change) {
        Token old = change.before().token();
        Token now = change.after().token();
        boolean sameSerial = old != null && now != null && old.serial().equals(now.serial());
        return (has(Flaw.RETURNS_SERIALS_TO_THEIR_HOLDER) && !change.isFirst())
                || (has(Flaw.TAKES_AN_OLD_SERIAL_FOR_THE_SAME_TOKEN) && sameSerial);
    }

    private void claimUserId(EnrolmentChange change) {
        if (change.after().userId() != null) {
            claims.add(userId(change));
        }
    }

    private static Claim userId(EnrolmentChange change) {
        return new Claim(
                requireNonNull(change.after().userId()),
                change.after().serviceId().value());
    }

    private static Claim serial(EnrolmentChange change, Token token) {
        return new Claim(token.serial(), change.after().serviceId().value());
    }

    private void write(EnrolmentChange change) {
        Enrolment after = change.after();
        String key = key(after.serviceId(), after.holder());
        Enrolment stored = enrolments.get(key);
        Token old = stored == null ? null : stored.token();
        Token token = after.token();
        boolean replaced = change.broughtTokens().contains(token);
        if (old != null && replaced && has(Flaw.KEEPS_THE_OLD_TOKEN)) {
            token = old;
        }
        if (old != null && token != null && !replaced && has(Flaw.UPDATES_THE_STATE_ONLY)) {
            token = withStateOf(token, old);
        }
        enrolments.put(
                key,
                new Enrolment(
                        after.serviceId(),
                        after.holder(),
                        after.version(),
                        after.userId(),
                        token,
                        after.waiting(),
                        after.softwareRevokedAt(),
                        after.mailAddress(),
                        after.factors(),
                        after.eventCount(),
                        after.head()));
        changes.add(change.id());
        claimUserId(change);
        for (Token brought : change.broughtTokens()) {
            claims.add(serial(change, brought));
            stock.take(after.serviceId(), brought.serial(), after.holder());
        }
        if (has(Flaw.FREES_SERIALS) && token != null && token.state() == TokenState.REVOKED) {
            claims.remove(serial(change, token));
        }
        if (!has(Flaw.WRITES_EVENTS_LATER)) {
            writeEvents(change);
        }
    }

    private static Token withStateOf(Token token, Token old) {
        return with(
                token,
                token.state(),
                token.secret(),
                token.revokedAt(),
                token.expiresAt(),
                old.codes(),
                old.failures(),
                token.suspension());
    }

    private static Token with(
            Token token,
            TokenState state,
            @Nullable SealedSecret secret,
            @Nullable Instant revokedAt,
            Instant expiresAt,
            CodeState codes,
            Failures failures,
            @Nullable Suspension suspension) {
        return new Token(
                token.serial(),
                token.kind(),
                token.profile(),
                state,
                secret,
                token.issuedAt(),
                token.activatedAt(),
                revokedAt,
                expiresAt,
                codes,
                failures,
                suspension,
                token.provisioning());
    }

    private void writeEvents(EnrolmentChange change) {
        List<RecordedEvent> events =
                change.events().stream().map(this::remembered).toList();
        if (has(Flaw.WRITES_NO_EVENT)) {
            events = List.of();
        }
        if (has(Flaw.DROPS_THE_SECOND_EVENT)) {
            events = events.subList(0, 1);
        }
        List<RecordedEvent> history =
                history(change.after().serviceId(), change.after().holder());
        history.addAll(events);
        if (change.erases() && !has(Flaw.KEEPS_WHAT_IS_ERASED)) {
            history.replaceAll(RecordedEvent::withoutReason);
        }
    }

    private List<RecordedEvent> history(ServiceId serviceId, Holder holder) {
        String key = has(Flaw.MIXES_HISTORIES) ? serviceId.value() : key(serviceId, holder);
        return histories.computeIfAbsent(key, k -> new ArrayList<>());
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        synchronized (lock) {
            long from = has(Flaw.READS_AN_EVENT_TWICE) ? Math.max(0, after - 1) : after;
            List<RecordedEvent> events = new ArrayList<>(history(serviceId, holder).stream()
                    .filter(event -> event.event().number() > from)
                    .limit(limit)
                    .toList());
            if (has(Flaw.LOSES_THE_ORDER)) {
                Collections.reverse(events);
            }
            return events;
        }
    }

    private RecordedEvent remembered(RecordedEvent recorded) {
        TokenEvent event = recorded.event();
        String reason = event.reason();
        TokenEvent remembered = new TokenEvent(
                event.number(),
                event.at(),
                event.type(),
                event.serial(),
                event.purpose(),
                event.operator(),
                event.suspensionReason(),
                reason != null && has(Flaw.CUTS_REASONS)
                        ? reason.substring(0, Math.min(255, reason.length()))
                        : reason);
        return new RecordedEvent(
                remembered,
                recorded.reasonMac(),
                has(Flaw.FORGETS_LINKS) ? new ChainLink("k", "0".repeat(64)) : recorded.link());
    }

    private Token remembered(Token token) {
        boolean kept = has(Flaw.KEEPS_THE_SECRET) && token.state() == TokenState.REVOKED;
        CodeState codes = token.codes();
        long lastStep = has(Flaw.FORGETS_STEP_ZERO) && codes.lastStep() == 0 ? Totp.NO_STEP : codes.lastStep();
        return with(
                token,
                kept ? TokenState.ACTIVE : token.state(),
                kept ? requireNonNull(Scene.token(token.serial()).secret()) : remembered(token.secret()),
                kept ? null : token.revokedAt(),
                remembered(token.expiresAt()),
                new CodeState(lastStep, has(Flaw.FORGETS_THE_DRIFT) ? 0 : codes.drift()),
                has(Flaw.FORGETS_FAILURES) ? Failures.NONE : token.failures(),
                remembered(token.suspension()));
    }

    private @Nullable SealedSecret remembered(@Nullable SealedSecret secret) {
        return secret != null && has(Flaw.CUTS_SECRETS)
                ? new SealedSecret(secret.keyName(), Arrays.copyOf(secret.bytes(), Math.min(64, secret.bytes().length)))
                : secret;
    }

    private @Nullable Suspension remembered(@Nullable Suspension suspension) {
        return has(Flaw.FORGETS_SUSPENSIONS) ? null : suspension;
    }

    private Instant remembered(Instant instant) {
        return has(Flaw.CUTS_INSTANTS) ? instant.truncatedTo(ChronoUnit.MILLIS) : instant;
    }

    @Override
    public Optional<StockedFob> findInStock(ServiceId serviceId, SerialNumber serial) {
        synchronized (lock) {
            return stock.find(serviceId, serial);
        }
    }

    @Override
    public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, List<StockedFob> fobs) {
        synchronized (lock) {
            return stock.stage(serviceId, batch, fobs, serial -> claims.contains(new Claim(serial, serviceId.value())));
        }
    }

    @Override
    public boolean publish(ServiceId serviceId, BatchId batch, int size) {
        synchronized (lock) {
            return stock.publish(serviceId, batch, size);
        }
    }

    @Override
    public void discard(ServiceId serviceId, BatchId batch) {
        synchronized (lock) {
            stock.discard(serviceId, batch);
        }
    }

    @Override
    public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        synchronized (lock) {
            return stock.state(serviceId, serial);
        }
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        List<Enrolment> page = page(serviceId, after, limit);
        boolean isLast = page.size() < limit && has(Flaw.FORGETS_WHOSE_HISTORIES_IT_HAS);
        return page.stream()
                .limit(isLast ? page.size() - 1 : page.size())
                .map(Enrolment::holder)
                .toList();
    }

    @Override
    public List<Enrolment> page(ServiceId serviceId, @Nullable Holder after, int limit) {
        synchronized (lock) {
            return enrolments.values().stream()
                    .filter(stored -> stored.serviceId().equals(serviceId) || has(Flaw.LISTS_ALL_INSTITUTIONS))
                    .sorted(comparing(stored -> stored.holder().reference()))
                    .filter(stored -> {
                        int place =
                                after == null ? 1 : stored.holder().reference().compareTo(after.reference());
                        return place > 0 || (place == 0 && has(Flaw.LISTS_A_HOLDER_TWICE));
                    })
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder) {
        synchronized (lock) {
            return Optional.ofNullable(anchors.get(key(serviceId, holder)));
        }
    }

    @Override
    public boolean archive(ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor) {
        synchronized (lock) {
            String key = key(serviceId, holder);
            boolean consumed = feed(serviceId).isConsumed(holder, anchor.number());
            if ((!Objects.equals(anchors.get(key), before) && !has(Flaw.ARCHIVES_FROM_ANY_ANCHOR))
                    || (!consumed && !has(Flaw.ARCHIVES_WHAT_IS_NOT_CONSUMED))) {
                return false;
            }
            if (!has(Flaw.FORGETS_ANCHORS)) {
                anchors.put(key, anchor);
            }
            if (!has(Flaw.KEEPS_WHAT_IS_ARCHIVED)) {
                history(serviceId, holder).removeIf(recorded -> recorded.event().number() <= anchor.number());
            }
            return true;
        }
    }

    @Override
    public void register(ServiceId serviceId, ConsumerName consumer) {
        synchronized (lock) {
            feed(serviceId).register(named(consumer));
            if (has(Flaw.FORGETS_LATE_CONSUMERS)) {
                for (Enrolment enrolment : page(serviceId, null, Integer.MAX_VALUE)) {
                    feed(serviceId).lease(consumer, enrolment.holder(), new UUID(0, 0), Instant.MIN, Instant.MIN);
                    feed(serviceId).advance(consumer, enrolment.holder(), new UUID(0, 0), enrolment.eventCount(), true);
                }
            }
        }
    }

    @Override
    public void retire(ServiceId serviceId, ConsumerName consumer) {
        synchronized (lock) {
            if (!has(Flaw.KEEPS_RETIRED_CONSUMERS)) {
                feed(serviceId).retire(named(consumer));
            }
        }
    }

    @Override
    public List<Holder> due(
            ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit) {
        synchronized (lock) {
            return page(serviceId, has(Flaw.LISTS_WHO_IS_DUE_FROM_THE_START) ? null : after, 1000).stream()
                    .filter(enrolment -> feed(serviceId)
                            .isDue(
                                    named(consumer),
                                    enrolment.holder(),
                                    has(Flaw.SKIPS_LATER_EVENTS) ? 1 : enrolment.eventCount(),
                                    now))
                    .map(Enrolment::holder)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public OptionalLong lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        synchronized (lock) {
            Instant from = has(Flaw.LEASES_TO_EVERYBODY) ? Instant.MAX : now;
            Instant to = has(Flaw.LEASES_FOR_EVER) ? Instant.MAX : until;
            return feed(serviceId).lease(named(consumer), holder, worker, from, to);
        }
    }

    @Override
    public boolean advance(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        synchronized (lock) {
            if (has(Flaw.ADVANCES_WITHOUT_A_LEASE)) {
                feed(serviceId).lease(named(consumer), holder, worker, Instant.MAX, Instant.MAX);
            }
            return feed(serviceId).advance(named(consumer), holder, worker, number, done);
        }
    }

    private ConsumerName named(ConsumerName consumer) {
        return has(Flaw.MIXES_CONSUMERS) ? new ConsumerName("all") : consumer;
    }

    private InMemoryFeed feed(ServiceId serviceId) {
        return feeds.computeIfAbsent(serviceId, id -> new InMemoryFeed());
    }

    @Override
    public int reseal(List<Resealing> resealings) {
        synchronized (lock) {
            int done = 0;
            for (Resealing resealing : resealings) {
                Enrolment after = resealing.after();
                String key = key(after.serviceId(), after.holder());
                Enrolment stored = enrolments.get(key);
                boolean same =
                        stored != null && stored.version() == resealing.before().version();
                if (same || has(Flaw.SEALS_ANEW_WHAT_WAS_CHANGED)) {
                    enrolments.put(key, has(Flaw.SEALS_ANEW_IN_THE_SAME_VERSION) ? sameVersion(after) : after);
                    done++;
                }
            }
            return done;
        }
    }

    private static Enrolment sameVersion(Enrolment after) {
        return new Enrolment(
                after.serviceId(),
                after.holder(),
                after.version() - 1,
                after.userId(),
                after.token(),
                after.waiting(),
                after.softwareRevokedAt(),
                after.mailAddress(),
                after.factors(),
                after.eventCount(),
                after.head());
    }

    @Override
    public List<StockedFob> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        synchronized (lock) {
            return stock.page(serviceId, after, limit);
        }
    }

    @Override
    public int resealStock(ServiceId serviceId, List<StockedFob> before, List<StockedFob> after) {
        synchronized (lock) {
            return stock.reseal(serviceId, before, after);
        }
    }

    @Override
    public List<ListedToken> expiring(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit) {
        synchronized (lock) {
            List<Enrolment> enrolments = new ArrayList<>(page(serviceId, null, Integer.MAX_VALUE));
            if (has(Flaw.LISTS_WHAT_IS_REVOKED)) {
                enrolments.replaceAll(this::unrevoked);
            }
            Instant first = has(Flaw.LEAVES_OUT_THE_FIRST_INSTANT) ? from.plusNanos(1_000) : from;
            if (after != null && has(Flaw.LISTS_ONE_OF_AN_INSTANT)) {
                first = after.token().expiresAt().plusNanos(1_000);
            }
            Instant last = has(Flaw.LISTS_WHAT_EXPIRES_TOO_LATE) ? until.plusNanos(1_000) : until;
            return InMemoryLists.expiring(enrolments, first, last, after, limit);
        }
    }

    private Enrolment unrevoked(Enrolment enrolment) {
        Token token = enrolment.token();
        return token == null
                ? enrolment
                : new Enrolment(
                        enrolment.serviceId(),
                        enrolment.holder(),
                        enrolment.version(),
                        enrolment.userId(),
                        with(
                                token,
                                TokenState.ACTIVE,
                                Scene.token(token.serial()).secret(),
                                null,
                                token.expiresAt(),
                                token.codes(),
                                token.failures(),
                                null),
                        enrolment.waiting(),
                        enrolment.softwareRevokedAt(),
                        enrolment.mailAddress(),
                        enrolment.factors(),
                        enrolment.eventCount(),
                        enrolment.head());
    }

    @Override
    public List<ListedToken> suspended(ServiceId serviceId, @Nullable ListedToken after, int limit) {
        synchronized (lock) {
            return InMemoryLists.suspended(page(serviceId, null, Integer.MAX_VALUE), after, limit).stream()
                    .filter(entry -> entry.token().activatedAt() != null || !has(Flaw.LISTS_NO_SUSPENDED_THAT_WAIT))
                    .toList();
        }
    }

    @Override
    public List<ListedWaiting> waiting(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedWaiting after, int limit) {
        synchronized (lock) {
            return InMemoryLists.waiting(page(serviceId, null, Integer.MAX_VALUE), from, until, after, limit).stream()
                    .filter(entry -> entry.waiting().token() != null || !has(Flaw.LISTS_NO_ORDERS))
                    .toList();
        }
    }

    @Override
    public List<ListedFob> fobs(ServiceId serviceId, StockState state, @Nullable ListedFob after, int limit) {
        synchronized (lock) {
            return stock.list(serviceId, state, after, limit);
        }
    }
}
