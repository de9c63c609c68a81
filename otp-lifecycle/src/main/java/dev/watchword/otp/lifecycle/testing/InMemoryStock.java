package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.spi.StockedFob;
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

/** The serial numbers of one institution: what is taken, and the fobs that are not given out yet. */
final class InMemoryStock {
    /** A serial number that is taken; by a fob if it came in a batch, which is gone once a holder has it. */
    private record Entry(
            @Nullable BatchId batch,
            @Nullable StockedFob fob,
            @Nullable Holder holder) {}

    private final Map<SerialNumber, Entry> entries = new HashMap<>();
    private final Set<BatchId> published = new HashSet<>();

    /** Takes a serial number for a software token. */
    boolean claim(SerialNumber serial) {
        return entries.putIfAbsent(serial, new Entry(null, null, null)) == null;
    }

    boolean isTaken(SerialNumber serial) {
        return entries.containsKey(serial);
    }

    /** Takes a fob out of the stock. */
    boolean take(SerialNumber serial, Holder holder) {
        if (find(serial).isEmpty()) {
            return false;
        }
        entries.computeIfPresent(serial, (same, entry) -> new Entry(entry.batch, null, holder));
        return true;
    }

    Optional<StockedFob> find(SerialNumber serial) {
        Entry entry = entries.get(serial);
        return entry == null || !published.contains(entry.batch) ? Optional.empty() : Optional.ofNullable(entry.fob);
    }

    Set<SerialNumber> stage(BatchId batch, List<StockedFob> fobs) {
        requireUnpublished(batch);
        Set<SerialNumber> taken = new LinkedHashSet<>();
        for (StockedFob fob : fobs) {
            if (entries.putIfAbsent(fob.serial(), new Entry(batch, fob, null)) != null) {
                taken.add(fob.serial());
            }
        }
        return taken;
    }

    boolean publish(BatchId batch, int size) {
        long fobs = entries.values().stream()
                .filter(entry -> batch.equals(entry.batch))
                .count();
        if (fobs != size) {
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
        if (entry.fob == null) {
            return StockState.ASSIGNED;
        }
        return published.contains(entry.batch) ? StockState.AVAILABLE : StockState.STAGED;
    }

    List<ListedFob> list(StockState state, @Nullable ListedFob after, int limit) {
        List<ListedFob> all = new ArrayList<>();
        entries.forEach((serial, entry) -> {
            if (entry.batch != null && state(entry) == state) {
                all.add(new ListedFob(serial, entry.batch, entry.holder));
            }
        });
        return InMemoryLists.page(all.stream(), InMemoryLists.BY_BATCH, after, limit);
    }

    List<StockedFob> page(@Nullable SerialNumber after, int limit) {
        return entries.values().stream()
                .map(Entry::fob)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(comparing(fob -> fob.serial().value()))
                .filter(fob -> after == null || fob.serial().value().compareTo(after.value()) > 0)
                .limit(limit)
                .toList();
    }

    int reseal(List<StockedFob> before, List<StockedFob> after) {
        int done = 0;
        for (int i = 0; i < before.size(); i++) {
            StockedFob old = before.get(i);
            Entry entry = entries.get(old.serial());
            if (entry != null && entry.fob != null && entry.fob.secret().equals(old.secret())) {
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
