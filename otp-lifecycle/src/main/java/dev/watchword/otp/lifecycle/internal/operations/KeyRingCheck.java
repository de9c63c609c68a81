package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.KeyChecker;
import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyState;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.operations.CheckedKey;
import dev.watchword.otp.lifecycle.operations.KeyReport;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The check of an institution's keys against the stored check values. A current key without a check value is taken as right, and
 * its check value is stored.
 *
 * <p>The check value of the sealing key is stored first. The check value of the history key is stored only if the sealing key is
 * then right. If two processes with different bytes under the same names start at once, exactly one of them therefore stores
 * values. The other fails.
 */
public final class KeyRingCheck {
    private final Context context;
    private final KeyCheckStore store;
    private final KeyChecker checker;

    public KeyRingCheck(Context context) {
        this.context = context;
        store = context.require(KeyCheckStore.class);
        checker = new KeyChecker(context.keys(), context.serviceId(), context.random());
    }

    /** Checks all keys that the source has, and throws an exception that names the first bad one. */
    public void requireRight() {
        for (CheckedKey key : report().keys()) {
            if (key.state() == KeyState.WRONG) {
                throw new KeyUnavailableException(
                        name(key.use()) + " " + key.name()
                                + " has other bytes than the stored check value of this name,"
                                + " or is no " + kind(key.use())
                                + "; restore the right key under this name, or give the"
                                + " new key another name",
                        null);
            }
            if (key.state() == KeyState.MISSING && key.isCurrent()) {
                throw new KeyUnavailableException(
                        name(key.use()) + " " + key.name() + " is the current one but is not in the key source;"
                                + " restore it",
                        null);
            }
        }
    }

    private static String name(KeyUse use) {
        return use == KeyUse.SEAL ? "Sealing key" : "History key";
    }

    private static String kind(KeyUse use) {
        return use == KeyUse.SEAL ? "AES key of 256 bits" : "HmacSHA256 key of at least 256 bits";
    }

    /** Checks all keys with a check value, and the current keys. Stores check values only after all keys are found right. */
    public KeyReport report() {
        Map<KeyUse, String> unknown = new EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) {
            unknown.put(use, checker.currentName(use));
        }
        List<CheckedKey> keys = new ArrayList<>();
        for (KeyCheck check : stored()) {
            boolean isCurrent = unknown.remove(check.use(), check.name());
            keys.add(CheckedKey.of(check.use(), check.name(), isCurrent, checker.compare(check)));
        }
        boolean allAreFit = unknown.entrySet().stream()
                .allMatch(key -> checker.find(key.getKey(), key.getValue()) == KeyState.RIGHT);
        unknown.forEach((use, name) -> {
            boolean adds = allAreFit && KeyReport.of(keys).isRight();
            keys.add(CheckedKey.of(use, name, true, adds ? add(use, name) : withoutCheckValue(use, name)));
        });
        return KeyReport.of(keys);
    }

    private List<KeyCheck> stored() {
        return store.keyChecks(context.serviceId()).stream()
                .sorted(comparing(KeyCheck::use).thenComparing(KeyCheck::name))
                .toList();
    }

    private KeyState withoutCheckValue(KeyUse use, String name) {
        KeyState found = checker.find(use, name);
        return found == KeyState.RIGHT ? KeyState.UNCHECKED : found;
    }

    /** Stores the check value of a key that has none, and compares the key with the value that another process may have stored. */
    private KeyState add(KeyUse use, String name) {
        return checker.compare(store.add(context.serviceId(), checker.compute(use, name)));
    }
}
