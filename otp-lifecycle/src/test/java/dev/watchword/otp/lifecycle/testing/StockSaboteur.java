package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.StockStore;
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
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The stock of a {@link Saboteur}. */
final class StockSaboteur implements StockStore {
    private record Key(String serviceId, String name) {}

    private record Entry(
            Key batch,
            @Nullable StockedToken token,
            @Nullable Holder holder,
            @Nullable Withdrawal withdrawal) {}

    private final Flaw flaw;
    private final SaboteurTables tables;
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Map<Key, UUID> imports = new HashMap<>();
    private final Set<Key> published = new HashSet<>();

    StockSaboteur(Flaw flaw, SaboteurTables tables) {
        this.flaw = flaw;
        this.tables = tables;
    }

    private Key key(ServiceId serviceId, Object name) {
        return new Key(flaw == Flaw.MIXES_STOCKS ? "all" : serviceId.value(), name.toString());
    }

    boolean has(ServiceId serviceId, SerialNumber serial, @Nullable SealedSecret secret) {
        return find(serviceId, serial)
                .filter(stored -> stored.secret().equals(secret) || flaw == Flaw.ASSIGNS_AN_OLD_SECRET)
                .isPresent();
    }

    boolean knows(ServiceId serviceId, SerialNumber serial) {
        return flaw != Flaw.SHARES_STOCKED_SERIALS && entries.containsKey(key(serviceId, serial));
    }

    void take(ServiceId serviceId, SerialNumber serial, Holder holder) {
        if (flaw != Flaw.ASSIGNS_A_TOKEN_TWICE) {
            entries.computeIfPresent(
                    key(serviceId, serial), (same, entry) -> new Entry(entry.batch, null, holder, null));
        }
    }

    @Override
    public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
        synchronized (tables.lock) {
            Entry entry = entries.get(key(serviceId, serial));
            if (entry == null
                    || entry.token == null
                    || (!published.contains(entry.batch) && flaw != Flaw.FINDS_STAGED_TOKENS)) {
                return Optional.empty();
            }
            StockedToken token = entry.token;
            CodeState codes = token.codes();
            if (flaw == Flaw.FORGETS_THE_DRIFT_OF_STOCK) {
                codes = new CodeState(codes.lastStep(), 0);
            } else if (flaw == Flaw.FORGETS_THE_COUNTER_OF_STOCK && token.profile() instanceof HotpProfile) {
                codes = CodeState.ofNextCounter(0);
            }
            SigningKey signing = flaw == Flaw.FORGETS_THE_SIGNING_KEYS_OF_STOCK ? null : token.signing();
            return Optional.of(token.toBuilder().codes(codes).signing(signing).build());
        }
    }

    @Override
    public boolean begin(ServiceId serviceId, BatchId batch, UUID importId) {
        synchronized (tables.lock) {
            Key key = key(serviceId, batch);
            if (published.contains(key) && flaw != Flaw.BEGINS_A_PUBLISHED_BATCH) {
                return false;
            }
            if (flaw != Flaw.KEEPS_TOKENS_OF_AN_EARLIER_IMPORT) {
                entries.values().removeIf(entry -> entry.batch.equals(key));
            }
            imports.put(key, importId);
            return true;
        }
    }

    private void requireOwner(Key batch, UUID importId, Flaw without) {
        if (flaw != without && !importId.equals(imports.get(batch))) {
            throw new LostRaceException("The batch belongs to another import", null);
        }
    }

    @Override
    public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
        synchronized (tables.lock) {
            Key into = key(serviceId, batch);
            requireOwner(into, importId, Flaw.STAGES_FOR_ANY_IMPORT);
            if (flaw != Flaw.STAGES_IN_A_PUBLISHED_BATCH) {
                requireUnpublished(into);
            }
            Set<SerialNumber> taken = new LinkedHashSet<>();
            for (StockedToken token : tokens) {
                Key key = key(serviceId, token.serial());
                Entry before = entries.get(key);
                boolean claimed = tables.isClaimed(serviceId, token.serial());
                boolean known = before != null && (!before.batch.equals(into) || flaw != Flaw.STAGES_A_SERIAL_TWICE);
                if (claimed || known) {
                    taken.add(token.serial());
                }
                if (!claimed && (before == null || flaw == Flaw.STAGES_OVER_OTHERS)) {
                    entries.put(key, new Entry(into, token, null, null));
                }
            }
            return flaw == Flaw.HIDES_TAKEN_SERIALS ? Set.of() : taken;
        }
    }

    @Override
    public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
        if (size < 1 && flaw != Flaw.PUBLISHES_AN_EMPTY_BATCH) {
            throw new IllegalArgumentException("The size must be 1 or more");
        }
        synchronized (tables.lock) {
            Key key = key(serviceId, batch);
            requireOwner(key, importId, Flaw.PUBLISHES_FOR_ANY_IMPORT);
            long tokens = entries.values().stream()
                    .filter(entry -> entry.batch.equals(key))
                    .count();
            boolean other = tokens != size && flaw != Flaw.PUBLISHES_ANY_NUMBER;
            if (other || (flaw == Flaw.PUBLISHES_ONCE && published.contains(key))) {
                return false;
            }
            published.add(key);
            return true;
        }
    }

    @Override
    public void discard(ServiceId serviceId, BatchId batch, UUID importId) {
        synchronized (tables.lock) {
            Key key = key(serviceId, batch);
            if (!imports.containsKey(key)) {
                return;
            }
            requireOwner(key, importId, Flaw.DISCARDS_FOR_ANY_IMPORT);
            if (flaw != Flaw.DISCARDS_A_PUBLISHED_BATCH) {
                requireUnpublished(key);
            }
            if (flaw != Flaw.KEEPS_DISCARDED_SERIALS) {
                entries.values().removeIf(entry -> entry.batch.equals(key));
            }
            imports.remove(key);
        }
    }

    @Override
    public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        synchronized (tables.lock) {
            return Optional.ofNullable(entries.get(key(serviceId, serial))).map(this::state);
        }
    }

    private StockState state(Entry entry) {
        if (entry.withdrawal != null) {
            return StockState.WITHDRAWN;
        }
        if (entry.token == null) {
            return StockState.ASSIGNED;
        }
        return published.contains(entry.batch) ? StockState.AVAILABLE : StockState.STAGED;
    }

    List<ListedStock> list(ServiceId serviceId, StockState state, @Nullable ListedStock after, int limit) {
        synchronized (tables.lock) {
            List<ListedStock> all = new ArrayList<>();
            entries.forEach((key, entry) -> {
                boolean wrong = state == StockState.AVAILABLE && flaw == Flaw.LISTS_STAGED_TOKENS_AS_AVAILABLE;
                if (key.serviceId.equals(key(serviceId, "").serviceId)
                        && (state(entry) == state || (wrong && state(entry) == StockState.STAGED))) {
                    all.add(listed(key, entry));
                }
            });
            Comparator<ListedStock> order = flaw == Flaw.LISTS_STOCK_WITHOUT_ORDER
                    ? comparing(entry -> entry.serial().value())
                    : InMemoryLists.BY_BATCH;
            return InMemoryLists.page(all.stream(), order, after, limit);
        }
    }

    private ListedStock listed(Key key, Entry entry) {
        SerialNumber serial = new SerialNumber(key.name);
        BatchId batch = new BatchId(entry.batch.name);
        Withdrawal withdrawal = entry.withdrawal;
        StockedToken token = entry.token;
        if (withdrawal == null && token != null) {
            boolean canSign = token.signing() != null && flaw != Flaw.LISTS_STOCK_THAT_CANNOT_SIGN;
            return ListedStock.inStock(serial, batch, token.expiresAt(), canSign);
        }
        return withdrawal == null
                ? ListedStock.of(serial, batch, entry.holder)
                : ListedStock.withdrawn(
                        serial,
                        batch,
                        flaw == Flaw.FORGETS_WHO_WITHDREW
                                ? Withdrawal.of(withdrawal.at(), new Operator("somebody"), withdrawal.reason())
                                : withdrawal);
    }

    @Override
    public boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
        synchronized (tables.lock) {
            Key key = key(serviceId, serial);
            Entry entry = entries.get(key);
            if (entry == null || !mayWithdraw(state(entry))) {
                return false;
            }
            if (flaw == Flaw.FREES_WITHDRAWN_SERIALS) {
                entries.remove(key);
            } else {
                StockedToken kept = flaw == Flaw.KEEPS_WITHDRAWN_TOKENS ? entry.token : null;
                entries.put(key, new Entry(entry.batch, kept, null, withdrawal));
            }
            return true;
        }
    }

    private boolean mayWithdraw(StockState state) {
        return switch (state) {
            case AVAILABLE -> true;
            case STAGED -> flaw == Flaw.WITHDRAWS_STAGED_TOKENS;
            case ASSIGNED -> flaw == Flaw.WITHDRAWS_ASSIGNED_TOKENS;
            case WITHDRAWN -> false;
        };
    }

    List<ListedStock> ofBatch(
            ServiceId serviceId, BatchId batch, StockState state, @Nullable SerialNumber after, int limit) {
        return bySerial(
                serviceId,
                after,
                limit,
                entry -> entry.state != StockState.STAGED
                        && entry.state == state
                        && (entry.listed.batch().equals(batch) || flaw == Flaw.LISTS_EVERY_BATCH));
    }

    List<ListedStock> inRange(
            ServiceId serviceId, SerialNumber first, SerialNumber last, @Nullable SerialNumber after, int limit) {
        return bySerial(serviceId, after, limit, entry -> {
            String serial = entry.listed.serial().value();
            int end = serial.compareTo(last.value());
            return entry.state != StockState.STAGED
                    && serial.compareTo(first.value()) >= 0
                    && (flaw == Flaw.LISTS_A_RANGE_WITHOUT_ITS_END ? end < 0 : end <= 0);
        });
    }

    private record Stated(StockState state, ListedStock listed) {}

    private List<ListedStock> bySerial(
            ServiceId serviceId, @Nullable SerialNumber after, int limit, Predicate<Stated> selected) {
        synchronized (tables.lock) {
            return entries.entrySet().stream()
                    .filter(entry -> entry.getKey().serviceId.equals(key(serviceId, "").serviceId))
                    .map(entry -> new Stated(state(entry.getValue()), listed(entry.getKey(), entry.getValue())))
                    .filter(selected)
                    .map(Stated::listed)
                    .sorted(comparing(entry -> entry.serial().value()))
                    .filter(entry -> after == null || entry.serial().value().compareTo(after.value()) > 0)
                    .limit(limit)
                    .toList();
        }
    }

    private void requireUnpublished(Key batch) {
        if (published.contains(batch)) {
            throw new IllegalStateException("The batch is published");
        }
    }

    List<StockedToken> page(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        synchronized (tables.lock) {
            return entries.entrySet().stream()
                    .filter(entry -> entry.getKey().serviceId.equals(key(serviceId, "").serviceId))
                    .map(entry -> entry.getValue().token)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .sorted(comparing(token -> token.serial().value()))
                    .filter(token -> after == null || token.serial().value().compareTo(after.value()) > 0)
                    .limit(limit)
                    .toList();
        }
    }

    int reencrypt(ServiceId serviceId, List<StockedToken> before, List<StockedToken> after) {
        synchronized (tables.lock) {
            int done = 0;
            for (int i = 0; i < before.size(); i++) {
                Key key = key(serviceId, before.get(i).serial());
                Entry entry = entries.get(key);
                boolean same = entry != null && before.get(i).equals(entry.token);
                if (entry != null && (same || flaw == Flaw.REENCRYPTS_CHANGED_STOCK)) {
                    entries.put(key, new Entry(entry.batch, after.get(i), null, null));
                    done++;
                }
            }
            return done;
        }
    }
}
