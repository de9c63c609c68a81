package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyState;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.operations.CheckedKey;
import dev.watchword.otp.lifecycle.operations.KeyReport;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong keys are found when an institution is built, and by one call afterwards. */
@Tag("R10.4")
class KeyCheckTest {
    private static final ServiceId SERVICE = TestInstitution.SERVICE_ID;
    private static final Holder TARO = new Holder("taro");
    private static final String RING = ring(1, 2);

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();

    @TempDir
    Path folder;

    private static String key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }

    /** A ring of one sealing key and one history key, both named "a". */
    private static String ring(int sealing, int history) {
        return "seal a " + key(sealing) + "\nhistory a " + key(history) + "\n";
    }

    private static String twoSealingKeys(int former, int current) {
        return "seal a " + key(former) + "\nseal b " + key(current) + " current\nhistory a " + key(2) + "\n";
    }

    private static KeySource keys(String ring) {
        return KeyRing.parse(ring, "The keys");
    }

    private Institution.Builder node(TokenStore of, KeySource keys) {
        return Institution.builder(SERVICE, of, keys).clock(clock).policy(TestInstitution.POLICY);
    }

    private Institution build(String ring) {
        return node(store, keys(ring)).build();
    }

    private Set<KeyCheck> stored() {
        return new HashSet<>(store.keyChecks(SERVICE));
    }

    private static CheckedKey checked(KeyUse use, String name, boolean current, KeyState state) {
        return CheckedKey.of(use, name, current, state);
    }

    private static Set<CheckedKey> states(KeyReport report) {
        assertEquals(report.keys().size(), report.keys().stream().distinct().count(), "each key is reported once");
        return new HashSet<>(report.keys());
    }

    /** Asserts that no institution is built, that the message names the key, and that nothing is stored. */
    private void assertWrong(String ring, String message) {
        Set<KeyCheck> before = stored();
        KeyUnavailableException e = assertThrows(KeyUnavailableException.class, () -> build(ring));

        assertTrue(String.valueOf(e.getMessage()).startsWith(message), () -> "" + e.getMessage());
        assertEquals(before, stored());
    }

    @Test
    void theFirstKeysAreTakenAsRightAndTheSameKeysStayRight() {
        assertTrue(build(RING).checkKeys().isRight());
        Set<KeyCheck> first = stored();
        assertEquals(2, first.size());

        KeyReport report = build(RING).checkKeys();

        assertEquals(
                Set.of(
                        checked(KeyUse.SEAL, "a", true, KeyState.RIGHT),
                        checked(KeyUse.HISTORY, "a", true, KeyState.RIGHT)),
                states(report));
        assertTrue(report.isRight());
        assertEquals(first, stored());
    }

    @Test
    void otherBytesUnderAKnownNameAreFoundAtStartUp() {
        assertNotNull(build(RING));

        assertWrong(
                ring(9, 2),
                "Sealing key a has other bytes than the stored check value of this name, or is no AES key of 256 bits;"
                        + " restore the right key under this name, or give the new key another name");
        assertWrong(ring(1, 9), "History key a has other bytes");
        assertWrong(ring(9, 9), "Sealing key a has other bytes");
        assertNotNull(build(RING));
    }

    @Test
    void otherBytesOfAFormerKeyAreFoundAtStartUp() {
        assertNotNull(build(RING));

        assertWrong(twoSealingKeys(9, 3), "Sealing key a has other bytes");
        assertNotNull(build(twoSealingKeys(1, 3)));
        assertWrong(twoSealingKeys(9, 3), "Sealing key a has other bytes");
        assertWrong(twoSealingKeys(1, 9), "Sealing key b has other bytes");
    }

    @Test
    void aFormerKeyMayBeMissingAndTheCurrentOneMustNot() {
        assertNotNull(build(RING));
        String without = "seal b " + key(3) + "\nhistory a " + key(2) + "\n";
        KeyReport report = build(without).checkKeys();

        assertEquals(
                Set.of(
                        checked(KeyUse.SEAL, "a", false, KeyState.MISSING),
                        checked(KeyUse.SEAL, "b", true, KeyState.RIGHT),
                        checked(KeyUse.HISTORY, "a", true, KeyState.RIGHT)),
                states(report));
        assertTrue(report.isRight());
        for (String current : List.of("a", "new")) {
            Set<KeyCheck> before = stored();
            KeySource lacking = new HalfSource(keys(RING), current, Optional.empty());
            KeyUnavailableException e = assertThrows(
                    KeyUnavailableException.class, () -> node(store, lacking).build());
            assertEquals(
                    "Sealing key " + current + " is the current one but is not in the key source; restore it",
                    e.getMessage());
            assertEquals(before, stored());
        }
    }

    @Test
    void aMissingHistoryKeyStoresNoCheckValueOfTheSealingKey() {
        KeySource lacking = new KeySource() {
            @Override
            public String sealingKeyName() {
                return "a";
            }

            @Override
            public Optional<SecretKey> sealingKey(String name) {
                return keys(RING).sealingKey(name);
            }

            @Override
            public String historyKeyName() {
                return "b";
            }

            @Override
            public Optional<SecretKey> historyKey(String name) {
                return keys(RING).historyKey(name);
            }
        };
        KeyUnavailableException e = assertThrows(
                KeyUnavailableException.class, () -> node(store, lacking).build());

        assertEquals("History key b is the current one but is not in the key source; restore it", e.getMessage());
        assertEquals(Set.of(), stored());
    }

    @Test
    void aKeyOfAnotherKindIsFoundAtStartUp() {
        SecretKey half = new SecretKeySpec(new byte[16], "AES");
        for (boolean known : List.of(false, true)) {
            KeyUnavailableException e = assertThrows(
                    KeyUnavailableException.class,
                    () -> node(store, new HalfSource(keys(RING), "a", Optional.of(half)))
                            .build());
            assertTrue(String.valueOf(e.getMessage()).startsWith("Sealing key a has other bytes"));
            assertEquals(known ? 2 : 0, stored().size());
            assertNotNull(build(RING));
        }
    }

    @Test
    void eachInstitutionHasItsOwnKeys() {
        assertNotNull(build(RING));
        Institution other = Institution.builder(new ServiceId("20112235"), store, keys(ring(7, 8)))
                .policy(TestInstitution.POLICY)
                .build();

        assertTrue(other.checkKeys().isRight());
        assertTrue(build(RING).checkKeys().isRight());
    }

    @Test
    void theCheckReportsEveryKeyOfTheRing() {
        assertNotNull(build(RING));
        assertNotNull(build(twoSealingKeys(1, 3)));
        assertNotNull(build("seal c " + key(4) + "\nhistory a " + key(2)));
        Set<KeyCheck> before = stored();
        String ring = twoSealingKeys(9, 3) + "history b " + key(5) + " current";

        KeyReport report = node(store, keys(ring)).withoutKeyCheck().build().checkKeys();

        assertEquals(
                Set.of(
                        checked(KeyUse.SEAL, "a", false, KeyState.WRONG),
                        checked(KeyUse.SEAL, "b", true, KeyState.RIGHT),
                        checked(KeyUse.SEAL, "c", false, KeyState.MISSING),
                        checked(KeyUse.HISTORY, "a", false, KeyState.RIGHT),
                        checked(KeyUse.HISTORY, "b", true, KeyState.UNCHECKED)),
                states(report));
        assertFalse(report.isRight());
        assertEquals(before, stored());
    }

    /** A state of a key decides whether the report is good. */
    @ParameterizedTest
    @EnumSource(KeyState.class)
    void onlyAMissingFormerKeyIsExcused(KeyState state) {
        KeyReport current = KeyReport.of(List.of(checked(KeyUse.SEAL, "a", true, state)));
        KeyReport former = KeyReport.of(List.of(checked(KeyUse.SEAL, "a", false, state)));

        assertEquals(state == KeyState.RIGHT, current.isRight());
        assertEquals(state == KeyState.RIGHT || state == KeyState.MISSING, former.isRight());
    }

    /** The second node has other bytes under the name of the new key. */
    @Test
    void aKeyThatBecomesCurrentAtRunTimeIsCheckedByTheNextCheck() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), RING);
        Path second = Files.writeString(folder.resolve("second"), RING);
        Institution node = node(store, KeyRing.ofFile(first)).build();
        Institution wrongNode = node(store, KeyRing.ofFile(second)).build();
        replace(first, twoSealingKeys(1, 3));
        replace(second, twoSealingKeys(1, 9));
        assertEquals(2, stored().size());

        assertTrue(node.checkKeys().isRight());
        assertEquals(3, stored().size());
        KeyReport report = wrongNode.checkKeys();

        assertFalse(report.isRight());
        assertTrue(report.keys().contains(checked(KeyUse.SEAL, "b", true, KeyState.WRONG)));
        assertWrong(twoSealingKeys(1, 9), "Sealing key b has other bytes");
    }

    private final List<String> alarms = new ArrayList<>();

    private void alarm(String text) {
        alarms.add(text);
    }

    @Test
    void theListingOfThePageRaisesAnAlarm() throws IOException {
        assertNotNull(build(RING));
        Institution bank = node(store, keys(ring(9, 2))).withoutKeyCheck().build();
        // region
        KeyReport report = bank.checkKeys();
        if (!report.isRight()) {
            alarm(report.toString()); // names of keys and their states, no bytes
        }
        // end
        assertEquals(1, alarms.size());
        assertTrue(alarms.get(0).contains("use=SEAL, name=a, current=true, state=WRONG"));
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/KeyCheckTest.java"));
        Matcher region = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL)
                .matcher(source);
        assertTrue(region.find());
        assertTrue(Files.readString(Path.of("../docs/operations.md"))
                .contains("```java\n" + region.group(1).stripIndent() + "\n```\n"));
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A store without check values. */
    private static final class OldStore extends ForwardingStore {
        OldStore(TokenStore store) {
            super(store);
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return type == KeyCheckStore.class ? Optional.empty() : super.capability(type);
        }
    }

    @Test
    void aStoreWithoutCheckValuesNeedsAnExplicitWaiver() {
        Institution.Builder builder = node(new OldStore(store), keys(RING));
        String message = String.valueOf(
                assertThrows(IllegalStateException.class, builder::build).getMessage());
        assertEquals(
                "The store has no KeyCheckStore, so wrong keys would not be found; use a store that offers this"
                        + " capability, or call withoutKeyCheck()",
                message);
        Institution bank = builder.withoutKeyCheck().build();

        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        assertTrue(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN).isAccepted());
        assertThrows(UnsupportedOperationException.class, bank::checkKeys);
    }

    /** The check values of a store, around which a test runs actions. */
    private static final class Watched extends ForwardingStore implements KeyCheckStore {
        private final InMemoryTokenStore store;
        private int reads;
        private Runnable beforeAdding = () -> {};

        Watched(InMemoryTokenStore store) {
            super(store);
            this.store = store;
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return type == KeyCheckStore.class ? Optional.of(type.cast(this)) : super.capability(type);
        }

        @Override
        public List<KeyCheck> keyChecks(ServiceId serviceId) {
            reads++;
            return store.keyChecks(serviceId);
        }

        @Override
        public KeyCheck add(ServiceId serviceId, KeyCheck check) {
            Runnable before = beforeAdding;
            beforeAdding = () -> {};
            before.run();
            return store.add(serviceId, check);
        }
    }

    @Test
    void onlyBuildingReadsCheckValues() {
        Watched watched = new Watched(store);
        Institution bank = node(watched, keys(RING)).build();
        assertEquals(1, watched.reads);

        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        assertTrue(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN).isAccepted());
        TokensInTransaction view = bank.within(store.transaction());
        assertTrue(view.desk(new Operator("helpdesk-7")).revoke(TARO, "left").isAccepted());
        assertNotNull(node(watched, keys(ring(8, 9))).withoutKeyCheck().build());

        assertEquals(1, watched.reads);
        assertEquals(2, stored().size());
    }

    @Test
    void aFailureOfTheStoreIsPassedOn() {
        StorageException failure = new StorageException("the disk is full", null);
        Watched failing = new Watched(store);
        failing.beforeAdding = () -> {
            throw failure;
        };

        assertSame(
                failure,
                assertThrows(
                        StorageException.class, () -> node(failing, keys(RING)).build()));
        assertEquals(Set.of(), stored());
        assertNotNull(node(failing, keys(RING)).build());
    }

    /** The other node starts after this one read the store, and before it stores its first check value. */
    @Test
    void aNodeThatIsOvertakenByOtherKeysFails() {
        Watched slow = new Watched(store);
        slow.beforeAdding = () -> assertNotNull(build(ring(8, 9)));

        KeyUnavailableException e = assertThrows(
                KeyUnavailableException.class, () -> node(slow, keys(RING)).build());

        assertTrue(String.valueOf(e.getMessage()).startsWith("Sealing key a has other bytes"));
        assertTrue(build(ring(8, 9)).checkKeys().isRight());
    }

    @Test
    void aNodeThatIsOvertakenByTheSameKeysStarts() {
        Watched slow = new Watched(store);
        slow.beforeAdding = () -> assertNotNull(build(RING));

        assertTrue(node(slow, keys(RING)).build().checkKeys().isRight());
        assertEquals(2, stored().size());
    }

    /** If each node stored one of the two check values, no node could ever start. */
    @Test
    void ofNodesWithOtherKeysThatStartAtOnceOneStarts() throws Exception {
        int nodes = 8;
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            for (int round = 0; round < 50; round++) {
                InMemoryTokenStore shared = new InMemoryTokenStore();
                CyclicBarrier start = new CyclicBarrier(nodes);
                List<Future<Boolean>> started = new ArrayList<>();
                for (int i = 0; i < nodes; i++) {
                    KeySource keys = keys(ring(10 + i, 20 + i));
                    started.add(threads.submit(() -> {
                        start.await();
                        return starts(shared, keys);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int i = 0; i < nodes; i++) {
                    if (started.get(i).get()) {
                        winners.add(i);
                    }
                }
                assertEquals(1, winners.size());
                assertEquals(
                        winners,
                        IntStream.range(0, nodes)
                                .filter(i -> starts(shared, keys(ring(10 + i, 20 + i))))
                                .boxed()
                                .toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean starts(TokenStore shared, KeySource keys) {
        try {
            assertNotNull(node(shared, keys).build());
            return true;
        } catch (KeyUnavailableException e) {
            return false;
        }
    }

    /** A source with another sealing key, which may be missing. */
    private record HalfSource(KeySource keys, String sealingKeyName, Optional<SecretKey> sealing) implements KeySource {
        @Override
        public Optional<SecretKey> sealingKey(String name) {
            return sealing;
        }

        @Override
        public String historyKeyName() {
            return keys.historyKeyName();
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            return keys.historyKey(name);
        }
    }
}
