package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.support.BusyHashing;
import dev.watchword.otp.lifecycle.support.Threads;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords are stored as sealed hashes, each with a separate salt and cost. */
class PasswordHasherTest {
    private static final Holder TARO = new Holder("taro");
    private static final String WHAT = "confirmation password";

    private final SecureRandom random = new SecureRandom();
    private final SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, random);
    private final PasswordHasher hasher = hasher(TestInstitution.FAST_HASHING, () -> {});

    private PasswordHasher hasher(HashingPolicy policy, Runnable hashing) {
        return new PasswordHasher(sealer, policy, random, hashing);
    }

    @Test
    @Tag("R8.2")
    @Tag("R4.4")
    void saltsEachHash() {
        byte[] first = sealer.openHash(TARO, WHAT, hasher.hash(TARO, WHAT, "hirosaki1"));
        byte[] second = sealer.openHash(TARO, WHAT, hasher.hash(TARO, WHAT, "hirosaki1"));

        assertEquals(1 + 4 + 4 + 16 + 32, first.length);
        assertFalse(Arrays.equals(Arrays.copyOfRange(first, 9, 25), Arrays.copyOfRange(second, 9, 25)));
        assertNotEquals(HexFormat.of().formatHex(first), HexFormat.of().formatHex(second));
    }

    @Test
    @Tag("R4.4")
    void keepsHashesOfAnotherCostGood() {
        SealedSecret old = hasher(
                        HashingPolicy.builder().memoryKib(16).passes(2).build(), () -> {})
                .hash(TARO, WHAT, "hirosaki1");

        assertTrue(hasher.matches(TARO, WHAT, old, "hirosaki1"));
        assertFalse(hasher.matches(TARO, WHAT, old, "hirosaki2"));
    }

    @Test
    @Tag("R10.1")
    void bindsAHashToItsHolderAndUse() {
        SealedSecret hash = hasher.hash(TARO, WHAT, "hirosaki1");

        assertThrows(IntegrityException.class, () -> hasher.matches(new Holder("hanako"), WHAT, hash, "hirosaki1"));
        assertThrows(IntegrityException.class, () -> hasher.matches(TARO, "mail code", hash, "hirosaki1"));
        SealedSecret cut = sealer.sealHash(TARO, WHAT, new byte[] {1, 2, 3});
        assertThrows(IntegrityException.class, () -> hasher.matches(TARO, WHAT, cut, "hirosaki1"));
    }

    @Test
    @Tag("R2.9")
    void computesOneHashLessThanTheJvmHasProcessors() throws Exception {
        assertEquals(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), PasswordHasher.MOST_AT_ONCE);
        SealedSecret hash = hasher.hash(TARO, WHAT, "hirosaki1");
        PasswordHasher impatient = hasher(withWait(Duration.ZERO), () -> {});
        BusyHashing.during(() -> {
            assertThrows(OverloadedException.class, () -> impatient.hash(TARO, WHAT, "hirosaki1"));
            assertThrows(OverloadedException.class, () -> impatient.matches(TARO, WHAT, hash, "hirosaki1"));
            assertThrows(OverloadedException.class, () -> impatient.pretend("hirosaki1"));
            assertThrows(
                    OverloadedException.class,
                    () -> hasher(withWait(Duration.ofMillis(1)), () -> {}).pretend("hirosaki1"));
        });
        assertTrue(impatient.matches(TARO, WHAT, hash, "hirosaki1"));
    }

    @Test
    @Tag("R2.9")
    void waitsForItsTurn() throws Exception {
        SealedSecret hash = hasher.hash(TARO, WHAT, "hirosaki1");
        ExecutorService threads = Threads.virtual();
        List<Future<Boolean>> waiting = new ArrayList<>();
        BusyHashing.during(() -> {
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(() -> hasher.matches(TARO, WHAT, hash, "hirosaki1")));
            }
        });
        threads.shutdown();
        for (Future<Boolean> each : waiting) {
            assertTrue(each.get());
        }
    }

    @Test
    @Tag("R2.9")
    void anInterruptedThreadComputesNoHashAndStaysInterrupted() {
        AtomicInteger hashes = new AtomicInteger();
        PasswordHasher counted = hasher(TestInstitution.FAST_HASHING, hashes::incrementAndGet);
        Thread.currentThread().interrupt();
        OverloadedException thrown = assertThrows(OverloadedException.class, () -> counted.pretend("hirosaki1"));
        assertTrue(Thread.interrupted());
        assertEquals(
                "The thread is interrupted, so no password hash was computed; nothing was done, so refuse the request and"
                        + " repeat it later",
                thrown.getMessage());
        assertEquals(0, hashes.get());
        counted.pretend("hirosaki1");
        assertEquals(1, hashes.get());
    }

    @Test
    @Tag("R2.9")
    void aFailedHashReturnsItsPermit() {
        PasswordHasher failing = hasher(withWait(Duration.ZERO), () -> {
            throw new IllegalStateException("no memory today");
        });
        for (int i = 0; i <= PasswordHasher.MOST_AT_ONCE; i++) {
            assertThrows(IllegalStateException.class, () -> failing.pretend("hirosaki1"));
        }
    }

    private static HashingPolicy withWait(Duration longestWait) {
        return TestInstitution.FAST_HASHING.toBuilder().longestWait(longestWait).build();
    }

    @Test
    void hashesOnAndOn() {
        SealedSecret hash = hasher.hash(TARO, WHAT, "hirosaki1");
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            hasher.pretend("hirosaki1");
            assertTrue(hasher.matches(TARO, WHAT, hash, "hirosaki1"));
        }
    }
}
