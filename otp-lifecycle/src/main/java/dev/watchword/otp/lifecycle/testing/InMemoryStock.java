package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The serial numbers of one institution: all that are taken, and the hardware tokens that are not assigned yet. */
final class InMemoryStock {
    /** A taken serial number. Its token is null once a holder has the token. */
    private record Entry(
            @Nullable BatchId batch,
            @Nullable StockedToken token,
            @Nullable Holder holder) {}

    private final Map<SerialNumber, Entry> entries = new HashMap<>();
    private final Set<BatchId> published = new HashSet<>();

    boolean isTaken(SerialNumber serial) {
        return entries.containsKey(serial);
    }

    /** Returns whether a token is in stock with an encrypted secret. */
    boolean has(SerialNumber serial, @Nullable SealedSecret secret) {
        return find(serial).filter(stocked -> stocked.secret().equals(secret)).isPresent();
    }

    /** Takes a serial number for a holder's token. A token in stock leaves the stock. */
    void take(SerialNumber serial, Holder holder) {
        Entry entry = entries.get(serial);
        entries.put(serial, new Entry(entry == null ? null : entry.batch, null, holder));
    }

    Optional<StockedToken> find(SerialNumber serial) {
        Entry entry = entries.get(serial);
        return entry == null || !published.contains(entry.batch) ? Optional.empty() : Optional.ofNullable(entry.token);
    }

    Set<SerialNumber> stage(BatchId batch, List<StockedToken> tokens) {
        requireUnpublished(batch);
        Set<SerialNumber> taken = new LinkedHashSet<>();
        for (StockedToken token : tokens) {
            if (entries.putIfAbsent(token.serial(), new Entry(batch, token, null)) != null) {
                taken.add(token.serial());
            }
        }
        return taken;
    }

    boolean publish(BatchId batch, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or more, not " + size);
        }
        long count = entries.values().stream()
                .filter(entry -> batch.equals(entry.batch))
                .count();
        if (count != size) {
            return false;
        }
        published.add(batch);
        return true;
    }

    void discard(BatchId batch) {
        requireUnpublished(batch);
        entries.values().removeIf(entry -> batch.equals(entry.batch));
    }

    Optional<StockState> state(SerialNumber serial) {
        return Optional.ofNullable(entries.get(serial))
                .filter(entry -> entry.batch != null)
                .map(this::state);
    }

    private StockState state(Entry entry) {
        if (entry.token == null) {
            return StockState.ASSIGNED;
        }
        return published.contains(entry.batch) ? StockState.AVAILABLE : StockState.STAGED;
    }

    List<ListedStock> list(StockState state, @Nullable ListedStock after, int limit) {
        List<ListedStock> all = new ArrayList<>();
        entries.forEach((serial, entry) -> {
            if (entry.batch != null && state(entry) == state) {
                all.add(ListedStock.of(serial, entry.batch, entry.holder));
            }
        });
        return InMemoryLists.page(all.stream(), InMemoryLists.BY_BATCH, after, limit);
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
                entries.put(old.serial(), new Entry(entry.batch, after.get(i), null));
                done++;
            }
        }
        return done;
    }

    private void requireUnpublished(BatchId batch) {
        if (published.contains(batch)) {
            throw new IllegalStateException("Batch " + batch + " is published: it stays as it is");
        }
    }
}
