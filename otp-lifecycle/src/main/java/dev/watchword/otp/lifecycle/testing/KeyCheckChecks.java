package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.expect;

import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyUse;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Checks that each key has one check value, which never changes. */
final class KeyCheckChecks {
    private KeyCheckChecks() {}

    /** A check value of 16 to 64 bytes. */
    private static KeyCheck check(KeyUse use, String name, int number, int bytes) {
        return KeyCheck.of(use, name, HexFormat.of().toHexDigits((byte) number).repeat(bytes));
    }

    /** Adds the check values of several keys. */
    private static void add(Scene scene, Set<KeyCheck> checks) {
        checks.forEach(
                check -> expect("the added check value", scene.keyChecks().add(scene.serviceId, check), check));
    }

    private static void expectStored(Scene scene, Set<KeyCheck> checks) {
        List<KeyCheck> stored = scene.keyChecks().keyChecks(scene.serviceId);
        expect("the check values", new HashSet<>(stored), checks);
        expect("the number of check values", stored.size(), checks.size());
    }

    static void comeBack(Scene scene) {
        expectStored(scene, Set.of());
        Set<KeyCheck> checks = Set.of(
                check(KeyUse.SEAL, "2026-11", 1, 16),
                check(KeyUse.HISTORY, "2026-11", 0xfe, 64),
                check(KeyUse.HISTORY, "2027-05", 0, 45));
        add(scene, checks);
        expectStored(scene, checks);
    }

    static void theFirstStays(Scene scene) {
        KeyCheck first = check(KeyUse.SEAL, "2026-11", 1, 16);
        KeyCheck ofOtherUse = check(KeyUse.HISTORY, "2026-11", 2, 16);
        add(scene, Set.of(first));
        for (int i = 1; i < 4; i++) {
            KeyCheck later = check(KeyUse.SEAL, "2026-11", i, 16 * i);
            expect("the check value that stays", scene.keyChecks().add(scene.serviceId, later), first);
        }
        expectStored(scene, Set.of(first));
        add(scene, Set.of(ofOtherUse));
        expectStored(scene, Set.of(first, ofOtherUse));
    }

    static void namesAreExact(Scene scene) {
        Set<KeyCheck> checks = new HashSet<>();
        for (String name :
                List.of("k", "K", "ｋ", "k k", "k-", "鍵", "é", "e\u0301", "😀", "k".repeat(64), "鍵".repeat(64))) {
            checks.add(check(KeyUse.SEAL, name, checks.size(), 45));
        }
        add(scene, checks);
        expectStored(scene, checks);
    }

    static void institutionsAreApart(Scene scene) {
        Scene other = scene.other();
        KeyCheck check = check(KeyUse.HISTORY, "2026-11", 1, 16);
        KeyCheck ofOther = check(KeyUse.HISTORY, "2026-11", 2, 16);
        add(scene, Set.of(check));
        expectStored(other, Set.of());
        add(other, Set.of(ofOther));
        expectStored(scene, Set.of(check));
        expectStored(other, Set.of(ofOther));
    }

    static void oneOfMany(Scene scene) {
        Set<KeyCheck> stored = new HashSet<>();
        for (int round = 0; round < 10; round++) {
            String name = "key-" + round;
            List<KeyCheck> answers = Crowd.atOnce(
                    RaceChecks.THREADS, i -> scene.keyChecks().add(scene.serviceId, check(KeyUse.SEAL, name, i, 16)));
            expect("the check values that the threads received", new HashSet<>(answers).size(), 1);
            stored.add(answers.get(0));
        }
        expectStored(scene, stored);
    }
}
