package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The serial numbers of one institution: all that are taken, and the hardware tokens that are not assigned yet. */
final class InMemoryStock {
    /** A taken serial number. Its token is null once a holder has the token or it is withdrawn. */
    private record Entry(
            @Nullable BatchId batch,
            @Nullable StockedToken token,
            @Nullable Holder holder,
            @Nullable Withdrawal withdrawal) {}

    private final Map<SerialNumber, Entry> entries = new HashMap<>();
    private final Map<BatchId, UUID> imports = new HashMap<>();
    private final Set<BatchId> published = new HashSet<>();

    boolean isTaken(SerialNumber serial) {
        return entries.containsKey(serial);
    }

    Optional<Holder> holderOf(SerialNumber serial) {
        return Optional.ofNullable(entries.get(serial)).map(entry -> entry.holder);
    }

    /** Returns whether a token is in stock with an encrypted secret. */
    boolean has(SerialNumber serial, @Nullable SealedSecret secret) {
        return find(serial).filter(stocked -> stocked.secret().equals(secret)).isPresent();
    }

    /** Takes a serial number for a holder's token. A token in stock leaves the stock. */
    void take(SerialNumber serial, Holder holder) {
        Entry entry = entries.get(serial);
        entries.put(serial, new Entry(entry == null ? null : entry.batch, null, holder, null));
    }

    Optional<StockedToken> find(SerialNumber serial) {
        Entry entry = entries.get(serial);
        return entry == null || !published.contains(entry.batch) ? Optional.empty() : Optional.ofNullable(entry.token);
    }

    boolean begin(BatchId batch, UUID importId) {
        if (published.contains(batch)) {
            return false;
        }
        removeTokens(batch);
        imports.put(batch, importId);
        return true;
    }

    private void removeTokens(BatchId batch) {
        entries.values().removeIf(entry -> batch.equals(entry.batch));
    }

    Set<SerialNumber> stage(BatchId batch, UUID importId, List<StockedToken> tokens) {
        requireOwner(batch, importId);
        requireUnpublished(batch);
        Set<SerialNumber> taken = new LinkedHashSet<>();
        for (StockedToken token : tokens) {
            if (entries.putIfAbsent(token.serial(), new Entry(batch, token, null, null)) != null) {
                taken.add(token.serial());
            }
        }
        return taken;
    }

    boolean publish(BatchId batch, UUID importId, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or more, not " + size);
        }
        requireOwner(batch, importId);
        long count = entries.values().stream()
                .filter(entry -> batch.equals(entry.batch))
                .count();
        if (count != size) {
            return false;
        }
        published.add(batch);
        return true;
    }

    void discard(BatchId batch, UUID importId) {
        if (imports.containsKey(batch)) {
            requireOwner(batch, importId);
            requireUnpublished(batch);
            removeTokens(batch);
            imports.remove(batch);
        }
    }

    boolean withdraw(SerialNumber serial, Withdrawal withdrawal) {
        if (find(serial).isEmpty()) {
            return false;
        }
        entries.computeIfPresent(serial, (same, entry) -> new Entry(entry.batch, null, null, withdrawal));
        return true;
    }

    Optional<StockState> state(SerialNumber serial) {
        return Optional.ofNullable(entries.get(serial))
                .filter(entry -> entry.batch != null)
                .map(this::state);
    }

    private StockState state(Entry entry) {
        if (entry.token == null) {
            return entry.withdrawal == null ? StockState.ASSIGNED : StockState.WITHDRAWN;
        }
        return published.contains(entry.batch) ? StockState.AVAILABLE : StockState.STAGED;
    }

    List<ListedStock> list(StockState state, @Nullable ListedStock after, int limit) {
        return InMemoryLists.page(listed(state), InMemoryLists.BY_BATCH, after, limit);
    }

    private Stream<ListedStock> listed(StockState state) {
        List<ListedStock> all = new ArrayList<>();
        entries.forEach((serial, entry) -> {
            if (entry.batch != null && state(entry) == state) {
                all.add(listed(serial, entry.batch, entry));
            }
        });
        return all.stream();
    }

    private static ListedStock listed(SerialNumber serial, BatchId batch, Entry entry) {
        StockedToken token = entry.token;
        if (token != null) {
            return ListedStock.inStock(serial, batch, token.expiresAt(), token.signing() != null);
        }
        return entry.withdrawal == null
                ? ListedStock.of(serial, batch, entry.holder)
                : ListedStock.withdrawn(serial, batch, entry.withdrawal);
    }

    List<ListedStock> ofBatch(BatchId batch, StockState state, @Nullable SerialNumber after, int limit) {
        return bySerial(state == StockState.STAGED ? Stream.empty() : listed(state), after)
                .filter(entry -> entry.batch().equals(batch))
                .limit(limit)
                .toList();
    }

    List<ListedStock> inRange(SerialNumber first, SerialNumber last, @Nullable SerialNumber after, int limit) {
        Stream<ListedStock> published = Stream.of(StockState.AVAILABLE, StockState.ASSIGNED, StockState.WITHDRAWN)
                .flatMap(this::listed);
        return bySerial(published, after)
                .filter(entry -> entry.serial().value().compareTo(first.value()) >= 0
                        && entry.serial().value().compareTo(last.value()) <= 0)
                .limit(limit)
                .toList();
    }

    private static Stream<ListedStock> bySerial(Stream<ListedStock> entries, @Nullable SerialNumber after) {
        return entries.sorted(comparing(entry -> entry.serial().value()))
                .filter(entry -> after == null || entry.serial().value().compareTo(after.value()) > 0);
    }

    List<StockedToken> page(@Nullable SerialNumber after, int limit) {
        return entries.values().stream()
                .map(Entry::token)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(comparing(token -> token.serial().value()))
                .filter(token -> after == null || token.serial().value().compareTo(after.value()) > 0)
                .limit(limit)
                .toList();
    }

    int reencrypt(List<StockedToken> before, List<StockedToken> after) {
        int done = 0;
        for (int i = 0; i < before.size(); i++) {
            StockedToken old = before.get(i);
            Entry entry = entries.get(old.serial());
            if (entry != null && entry.token != null && entry.token.secret().equals(old.secret())) {
                entries.put(old.serial(), new Entry(entry.batch, after.get(i), null, null));
                done++;
            }
        }
        return done;
    }

    private void requireOwner(BatchId batch, UUID importId) {
        if (!importId.equals(imports.get(batch))) {
            throw new LostRaceException("Batch " + batch + " belongs to another import; begin this one again", null);
        }
    }

    private void requireUnpublished(BatchId batch) {
        if (published.contains(batch)) {
            throw new IllegalStateException("Batch " + batch + " is published: it stays as it is");
        }
    }
}
