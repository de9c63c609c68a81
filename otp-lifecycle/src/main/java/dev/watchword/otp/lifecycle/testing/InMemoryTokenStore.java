package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, for tests and as the simplest example of a store that fulfils the contract. Its data is lost when
 * the process ends.
 */
public final class InMemoryTokenStore
        implements TokenStore, StockStore, ArchiveStore, ReencryptionStore, ListStore, KeyCheckStore, DeviceStore {
    private record Key(ServiceId serviceId, Holder holder) {
        static final Comparator<Key> ORDER =
                comparing((Key key) -> key.serviceId.value()).thenComparing(key -> key.holder.value());
    }

    private record Known(Key key, UUID change) {}

    private record UserKey(ServiceId serviceId, UserId userId) {}

    private record DeviceKey(Key owner, SerialNumber serial) {}

    private record NamedKey(KeyUse use, String name) {}

    private final Map<Key, Enrolment> enrolments = new TreeMap<>(Key.ORDER);
    private final Map<Key, List<RecordedEvent>> histories = new HashMap<>();
    private final Map<UserKey, Holder> userIds = new HashMap<>();
    private final Map<ServiceId, InMemoryStock> stocks = new HashMap<>();
    private final Map<Key, HistoryAnchor> anchors = new HashMap<>();
    private final InMemoryFeedStore feed = new InMemoryFeedStore(this, this::enrolmentsAfter);
    private final Map<ServiceId, Map<NamedKey, KeyCheck>> keyChecks = new HashMap<>();
    private final Map<DeviceKey, DevicePublicKey> devices = new HashMap<>();
    private final Set<Known> changes = new HashSet<>();

    /** Creates an empty store. */
    public InMemoryTokenStore() {}

    @Override
    public synchronized Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        Key key = new Key(serviceId, holder);
        Enrolment found = enrolments.get(key);
        if (found == null && (histories.containsKey(key) || anchors.containsKey(key))) {
            throw missing("holder " + holder);
        }
        return Optional.ofNullable(found);
    }

    private static IntegrityException missing(String whose) {
        return new IntegrityException("The enrolment of " + whose + " is missing; restore it from a backup", null);
    }

    /** Deletes an enrolment and leaves its history, for tests of the contract. */
    synchronized void deleteEnrolment(ServiceId serviceId, Holder holder) {
        enrolments.remove(new Key(serviceId, holder));
    }

    @Override
    public synchronized Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return Optional.ofNullable(userIds.get(new UserKey(serviceId, userId)))
                .map(holder -> find(serviceId, holder).orElseThrow(() -> missing("user ID " + userId)));
    }

    @Override
    public synchronized Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
        return stock(serviceId).find(serial);
    }

    @Override
    public synchronized boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return stock(serviceId).isTaken(serial);
    }

    @Override
    public synchronized CommitResult commit(EnrolmentChange change) {
        Enrolment after = change.after();
        ServiceId serviceId = after.serviceId();
        Key key = new Key(serviceId, after.holder());
        if (changes.contains(new Known(key, change.id()))) {
            return CommitResult.COMMITTED;
        }
        Enrolment stored = enrolments.getOrDefault(key, Enrolment.none(serviceId, after.holder()));
        if (stored.version() != change.before().version()) {
            return CommitResult.STALE;
        }
        List<RecordedEvent> history = histories.getOrDefault(key, new ArrayList<>());
        if (history.stream()
                .anyMatch(
                        recorded -> recorded.event().number() > change.before().eventCount())) {
            throw new IntegrityException(
                    "The enrolment of holder " + after.holder()
                            + " is older than its history; restore both from one backup",
                    null);
        }
        Optional<CommitResult> conflict = conflict(change);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        change.broughtTokens().forEach(token -> stock(serviceId).take(token.serial(), after.holder()));
        if (change.allotsUserId()) {
            userIds.put(userKey(after), after.holder());
        }
        keepDevice(key, change);
        enrolments.put(key, after);
        histories.put(key, history);
        history.addAll(change.events());
        if (change.erases()) {
            history.replaceAll(RecordedEvent::withoutWords);
            feed.of(serviceId).erase(after.holder());
        }
        changes.add(new Known(key, change.id()));
        return CommitResult.COMMITTED;
    }

    private void keepDevice(Key key, EnrolmentChange change) {
        for (Token token : change.changedTokens()) {
            if (token.state() == TokenState.REVOKED) {
                devices.remove(new DeviceKey(key, token.serial()));
            }
        }
        if (change.device() != null) {
            Token pending = requireNonNull(change.after().pendingToken());
            devices.put(new DeviceKey(key, pending.serial()), change.device());
        }
    }

    @Override
    public synchronized Optional<DevicePublicKey> device(ServiceId serviceId, Holder holder, SerialNumber serial) {
        return Optional.ofNullable(devices.get(new DeviceKey(new Key(serviceId, holder), serial)));
    }

    /** Returns why a change cannot be stored, apart from its version. */
    synchronized Optional<CommitResult> conflict(EnrolmentChange change) {
        Enrolment after = change.after();
        ServiceId serviceId = after.serviceId();
        if (change.allotsUserId() && userIds.containsKey(userKey(after))) {
            return Optional.of(CommitResult.USER_ID_TAKEN);
        }
        for (Token token : change.broughtTokens()) {
            boolean fromStock = EnrolmentChange.isFromStock(token);
            if (fromStock
                    ? !stock(serviceId).has(token.serial(), change.stockSecret())
                    : stock(serviceId).isTaken(token.serial())) {
                return Optional.of(fromStock ? CommitResult.NOT_IN_STOCK : CommitResult.SERIAL_TAKEN);
            }
        }
        return Optional.empty();
    }

    /**
     * Begins a transaction, for tests of an application that uses {@link dev.watchword.otp.lifecycle.Institution#within}.
     *
     * @return the transaction, for one thread
     */
    public InMemoryTransaction transaction() {
        return new InMemoryTransaction(this);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == FeedStore.class) {
            return Optional.of(type.cast(feed));
        }
        return isPart(type) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /** Returns whether this class implements an optional part. It implements nothing else beside {@link TokenStore}. */
    private static boolean isPart(Class<?> type) {
        return type != TokenStore.class
                && List.of(InMemoryTokenStore.class.getInterfaces()).contains(type);
    }

    private static UserKey userKey(Enrolment enrolment) {
        return new UserKey(enrolment.serviceId(), requireNonNull(enrolment.userId()));
    }

    @Override
    public synchronized List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return histories.getOrDefault(new Key(serviceId, holder), List.of()).stream()
                .filter(recorded -> recorded.event().number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return enrolmentsAfter(serviceId, after)
                .map(Enrolment::holder)
                .limit(limit)
                .toList();
    }

    private Stream<Enrolment> enrolmentsAfter(ServiceId serviceId, @Nullable Holder after) {
        return enrolments.values().stream()
                .filter(enrolment -> enrolment.serviceId().equals(serviceId))
                .filter(enrolment -> after == null || enrolment.holder().value().compareTo(after.value()) > 0);
    }

    @Override
    public synchronized Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder) {
        return Optional.ofNullable(anchors.get(new Key(serviceId, holder)));
    }

    @Override
    public synchronized boolean archive(
            ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor) {
        Key key = new Key(serviceId, holder);
        if (!Objects.equals(anchors.get(key), before) || !feed.of(serviceId).isConsumed(holder, anchor.number())) {
            return false;
        }
        anchors.put(key, anchor);
        histories
                .getOrDefault(key, List.of())
                .removeIf(recorded -> recorded.event().number() <= anchor.number());
        return true;
    }

    @Override
    public synchronized boolean begin(ServiceId serviceId, BatchId batch, UUID importId) {
        return stock(serviceId).begin(batch, importId);
    }

    @Override
    public synchronized Set<SerialNumber> stage(
            ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
        return stock(serviceId).stage(batch, importId, tokens);
    }

    @Override
    public synchronized boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
        return stock(serviceId).publish(batch, importId, size);
    }

    @Override
    public synchronized void discard(ServiceId serviceId, BatchId batch, UUID importId) {
        stock(serviceId).discard(batch, importId);
    }

    @Override
    public synchronized Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        return stock(serviceId).state(serial);
    }

    @Override
    public synchronized boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
        return stock(serviceId).withdraw(serial, withdrawal);
    }

    @Override
    public synchronized List<ListedStock> stockOfBatch(
            ServiceId serviceId, BatchId batch, StockState state, @Nullable SerialNumber after, int limit) {
        return stock(serviceId).ofBatch(batch, state, after, limit);
    }

    @Override
    public synchronized List<ListedStock> stockInRange(
            ServiceId serviceId, SerialNumber first, SerialNumber last, @Nullable SerialNumber after, int limit) {
        return stock(serviceId).inRange(first, last, after, limit);
    }

    private InMemoryStock stock(ServiceId serviceId) {
        return stocks.computeIfAbsent(serviceId, id -> new InMemoryStock());
    }

    @Override
    public synchronized int reencrypt(List<ReencryptedEnrolment> changed) {
        int done = 0;
        for (ReencryptedEnrolment reencrypted : changed) {
            Enrolment after = reencrypted.after();
            Key key = new Key(after.serviceId(), after.holder());
            Enrolment stored = enrolments.get(key);
            if (stored != null && stored.version() == reencrypted.before().version()) {
                enrolments.put(key, after);
                done++;
            }
        }
        return done;
    }

    @Override
    public synchronized List<StockedToken> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        return stock(serviceId).page(after, limit);
    }

    @Override
    public synchronized int reencryptStock(ServiceId serviceId, List<StockedToken> before, List<StockedToken> after) {
        return stock(serviceId).reencrypt(before, after);
    }

    @Override
    public synchronized List<KeyCheck> keyChecks(ServiceId serviceId) {
        return List.copyOf(keyChecks.getOrDefault(serviceId, Map.of()).values());
    }

    @Override
    public synchronized KeyCheck add(ServiceId serviceId, KeyCheck check) {
        return keyChecks
                .computeIfAbsent(serviceId, id -> new HashMap<>())
                .computeIfAbsent(new NamedKey(check.use(), check.name()), key -> check);
    }

    @Override
    public synchronized List<ListedToken> expiring(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit) {
        return InMemoryLists.expiring(all(serviceId), from, until, after, limit);
    }

    @Override
    public synchronized List<ListedToken> suspended(ServiceId serviceId, @Nullable ListedToken after, int limit) {
        return InMemoryLists.suspended(all(serviceId), after, limit);
    }

    @Override
    public synchronized List<ListedToken> unusedSince(
            ServiceId serviceId, LocalDate day, @Nullable ListedToken after, int limit) {
        return InMemoryLists.unusedSince(all(serviceId), day, after, limit);
    }

    @Override
    public synchronized Optional<Holder> holderOf(ServiceId serviceId, UserId userId) {
        return Optional.ofNullable(userIds.get(new UserKey(serviceId, userId)));
    }

    @Override
    public synchronized Optional<Holder> holderOf(ServiceId serviceId, SerialNumber serial) {
        return stock(serviceId).holderOf(serial);
    }

    @Override
    public synchronized List<TokenCount> counts(ServiceId serviceId) {
        return InMemoryLists.counts(all(serviceId));
    }

    @Override
    public synchronized List<ListedHolder> suspendedHolders(
            ServiceId serviceId, @Nullable ListedHolder after, int limit) {
        return InMemoryLists.suspendedHolders(all(serviceId), after, limit);
    }

    @Override
    public synchronized List<ListedPending> pending(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedPending after, int limit) {
        return InMemoryLists.pending(all(serviceId), from, until, after, limit);
    }

    @Override
    public synchronized List<ListedStock> stock(
            ServiceId serviceId, StockState state, @Nullable ListedStock after, int limit) {
        return stock(serviceId).list(state, after, limit);
    }

    private List<Enrolment> all(ServiceId serviceId) {
        return enrolmentsAfter(serviceId, null).toList();
    }
}
