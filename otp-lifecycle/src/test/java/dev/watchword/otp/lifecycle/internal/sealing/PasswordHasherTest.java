package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords are stored as sealed hashes, each with a separate salt and cost. */
class PasswordHasherTest {
    private static final Holder TARO = new Holder("taro");
    private static final String WHAT = "confirmation password";

    private final SecureRandom random = new SecureRandom();
    private final SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, random);
    private final PasswordHasher hasher = new PasswordHasher(sealer, TestInstitution.FAST_HASHING, random);

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
        SealedSecret old = new PasswordHasher(
                        sealer, HashingPolicy.builder().memoryKib(16).passes(2).build(), random)
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
    void hashesOnAndOn() {
        SealedSecret hash = hasher.hash(TARO, WHAT, "hirosaki1");
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            hasher.pretend("hirosaki1");
            assertTrue(hasher.matches(TARO, WHAT, hash, "hirosaki1"));
        }
    }
}
