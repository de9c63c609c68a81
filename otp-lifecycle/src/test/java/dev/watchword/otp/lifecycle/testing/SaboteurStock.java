package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A stock that is right but for one {@link Flaw}. */
final class SaboteurStock {
    private record Key(String serviceId, String name) {}

    private record Entry(
            Key batch, @Nullable StockedFob fob, @Nullable Holder holder) {}

    private final Flaw flaw;
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Set<Key> published = new HashSet<>();

    SaboteurStock(Flaw flaw) {
        this.flaw = flaw;
    }

    private Key key(ServiceId serviceId, Object name) {
        return new Key(flaw == Flaw.MIXES_STOCKS ? "all" : serviceId.value(), name.toString());
    }

    boolean has(ServiceId serviceId, SerialNumber serial) {
        return find(serviceId, serial).isPresent();
    }

    boolean knows(ServiceId serviceId, SerialNumber serial) {
        return flaw != Flaw.SHARES_SERIALS_OF_FOBS && entries.containsKey(key(serviceId, serial));
    }

    void take(ServiceId serviceId, SerialNumber serial, Holder holder) {
        if (flaw != Flaw.GIVES_A_FOB_OUT_TWICE) {
            entries.computeIfPresent(key(serviceId, serial), (same, entry) -> new Entry(entry.batch, null, holder));
        }
    }

    Optional<StockedFob> find(ServiceId serviceId, SerialNumber serial) {
        Entry entry = entries.get(key(serviceId, serial));
        if (entry == null
                || entry.fob == null
                || (!published.contains(entry.batch) && flaw != Flaw.STOCKS_WHAT_IS_STAGED)) {
            return Optional.empty();
        }
        StockedFob fob = entry.fob;
        CodeState codes = fob.codes();
        if (flaw == Flaw.FORGETS_THE_DRIFT_OF_FOBS) {
            codes = new CodeState(codes.lastStep(), 0);
        } else if (flaw == Flaw.FORGETS_THE_COUNTER_OF_FOBS && fob.profile() instanceof HotpProfile) {
            codes = CodeState.ofNextCounter(0);
        }
        return Optional.of(
                new StockedFob(fob.serial(), fob.profile(), fob.secret(), fob.startsAt(), fob.expiresAt(), codes));
    }

    Set<SerialNumber> stage(
            ServiceId serviceId, BatchId batch, List<StockedFob> fobs, Predicate<SerialNumber> isClaimed) {
        Key into = key(serviceId, batch);
        if (flaw != Flaw.STAGES_IN_THE_STOCK) {
            requireUnpublished(into);
        }
        Set<SerialNumber> taken = new LinkedHashSet<>();
        for (StockedFob fob : fobs) {
            Key key = key(serviceId, fob.serial());
            Entry before = entries.get(key);
            boolean known = before != null && (!before.batch.equals(into) || flaw != Flaw.TAKES_ITS_OWN_FOR_NEW);
            if (isClaimed.test(fob.serial()) || known) {
                taken.add(fob.serial());
            }
            if (!isClaimed.test(fob.serial()) && (before == null || flaw == Flaw.STAGES_OVER_OTHERS)) {
                entries.put(key, new Entry(into, fob, null));
            }
        }
        return flaw == Flaw.HIDES_WHAT_IS_TAKEN ? Set.of() : taken;
    }

    boolean publish(ServiceId serviceId, BatchId batch, int size) {
        Key key = key(serviceId, batch);
        long fobs = entries.values().stream()
                .filter(entry -> entry.batch.equals(key))
                .count();
        boolean other = fobs != size && flaw != Flaw.PUBLISHES_ANY_NUMBER;
        if (other || (flaw == Flaw.PUBLISHES_ONCE && published.contains(key))) {
            return false;
        }
        published.add(key);
        return true;
    }

    void discard(ServiceId serviceId, BatchId batch) {
        Key key = key(serviceId, batch);
        if (flaw != Flaw.DISCARDS_THE_STOCK) {
            requireUnpublished(key);
        }
        if (flaw != Flaw.KEEPS_WHAT_IS_DISCARDED) {
            entries.values().removeIf(entry -> entry.batch.equals(key));
        }
    }

    Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        return Optional.ofNullable(entries.get(key(serviceId, serial))).map(this::state);
    }

    private StockState state(Entry entry) {
        if (entry.fob == null) {
            return StockState.ASSIGNED;
        }
        return published.contains(entry.batch) ? StockState.AVAILABLE : StockState.STAGED;
    }

    List<ListedFob> list(ServiceId serviceId, StockState state, @Nullable ListedFob after, int limit) {
        List<ListedFob> all = new ArrayList<>();
        entries.forEach((key, entry) -> {
            boolean wrong = state == StockState.AVAILABLE && flaw == Flaw.LISTS_STAGED_FOBS_AS_AVAILABLE;
            if (key.serviceId.equals(key(serviceId, "").serviceId)
                    && (state(entry) == state || (wrong && state(entry) == StockState.STAGED))) {
                all.add(new ListedFob(new SerialNumber(key.name), new BatchId(entry.batch.name), entry.holder));
            }
        });
        Comparator<ListedFob> order = flaw == Flaw.LISTS_FOBS_WITHOUT_ORDER
                ? comparing(entry -> entry.serial().value())
                : InMemoryLists.BY_BATCH;
        return InMemoryLists.page(all.stream(), order, after, limit);
    }

    private void requireUnpublished(Key batch) {
        if (published.contains(batch)) {
            throw new IllegalStateException("The batch is published");
        }
    }

    List<StockedFob> page(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().serviceId.equals(key(serviceId, "").serviceId))
                .map(entry -> entry.getValue().fob)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(comparing(fob -> fob.serial().value()))
                .filter(fob -> after == null || fob.serial().value().compareTo(after.value()) > 0)
                .limit(limit)
                .toList();
    }

    int reseal(ServiceId serviceId, List<StockedFob> before, List<StockedFob> after) {
        int done = 0;
        for (int i = 0; i < before.size(); i++) {
            Key key = key(serviceId, before.get(i).serial());
            Entry entry = entries.get(key);
            boolean same = entry != null && before.get(i).equals(entry.fob);
            if (entry != null && (same || flaw == Flaw.SEALS_ANEW_ANY_STOCK)) {
                entries.put(key, new Entry(entry.batch, after.get(i), null));
                done++;
            }
        }
        return done;
    }
}
