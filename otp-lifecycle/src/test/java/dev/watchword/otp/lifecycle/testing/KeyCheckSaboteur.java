package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The check values of keys of a {@link Saboteur}. */
final class KeyCheckSaboteur implements KeyCheckStore {
    private record Key(String serviceId, String use, String name) {}

    private final SaboteurTables tables;
    private final Map<Key, KeyCheck> checks = new HashMap<>();

    KeyCheckSaboteur(SaboteurTables tables) {
        this.tables = tables;
    }

    private String institution(ServiceId serviceId) {
        return tables.has(Flaw.MIXES_KEY_CHECKS) ? "all" : serviceId.value();
    }

    private Key key(ServiceId serviceId, KeyCheck check) {
        return new Key(
                institution(serviceId),
                tables.has(Flaw.IGNORES_THE_USE_OF_KEYS) ? "any" : check.use().name(),
                tables.has(Flaw.IGNORES_THE_CASE_OF_KEYS) ? check.name().toLowerCase(Locale.ROOT) : check.name());
    }

    @Override
    public List<KeyCheck> keyChecks(ServiceId serviceId) {
        synchronized (tables.lock) {
            return checks.entrySet().stream()
                    .filter(entry -> entry.getKey().serviceId.equals(institution(serviceId)))
                    .map(entry -> cut(entry.getValue()))
                    .toList();
        }
    }

    private KeyCheck cut(KeyCheck check) {
        return tables.has(Flaw.CUTS_KEY_CHECKS)
                ? KeyCheck.of(check.use(), check.name(), check.value().substring(0, 32))
                : check;
    }

    @Override
    public KeyCheck add(ServiceId serviceId, KeyCheck check) {
        Key key = key(serviceId, check);
        boolean isNew;
        synchronized (tables.lock) {
            isNew = !checks.containsKey(key);
        }
        if (tables.has(Flaw.CHECKS_KEYS_THEN_ACTS)) {
            LockSupport.parkNanos(Saboteur.NANOS_TO_LOSE_A_RACE);
        }
        synchronized (tables.lock) {
            KeyCheck stored = checks.get(key);
            boolean overwrites =
                    tables.has(Flaw.OVERWRITES_KEY_CHECKS) || (isNew && tables.has(Flaw.CHECKS_KEYS_THEN_ACTS));
            if (stored != null && !overwrites) {
                return tables.has(Flaw.RETURNS_THE_GIVEN_KEY_CHECK) ? check : stored;
            }
            if (!tables.has(Flaw.FORGETS_KEY_CHECKS)) {
                checks.put(key, check);
            }
            return check;
        }
    }
}
