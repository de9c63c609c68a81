package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A set of codes is stored as one encrypted record of hashes. */
@Tag("R14.2")
class BackupCodeHasherTest {
    private static final Holder TARO = new Holder("taro");
    private static final String WHAT = HashedSecrets.RECOVERY_CODES;
    private static final int HEADER = 1 + 4 + 4 + 16;
    private static final int HASH = 32;

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger hashes = new AtomicInteger();
    private final SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, random);
    private final BackupCodeHasher hasher = hasher(TestInstitution.FAST_HASHING);

    private BackupCodeHasher hasher(HashingPolicy policy) {
        return new BackupCodeHasher(new PasswordHasher(sealer, policy, random, hashes::incrementAndGet));
    }

    private BackupCodeText draw(int slot) {
        return BackupCodeText.draw(BackupCodeText.Kind.RECOVERY, slot, BackupCodeText.LONG, random);
    }

    private List<BackupCodeText> draw() {
        List<BackupCodeText> codes = new ArrayList<>();
        for (int slot = 0; slot < BackupCodeText.MAX_SLOTS; slot++) {
            codes.add(draw(slot));
        }
        return codes;
    }

    @Test
    void aCodeMatchesInItsSlotAtTheCostOfOneHash() {
        List<BackupCodeText> codes = draw();
        SealedSecret sealed = hasher.hash(TARO, WHAT, codes);
        assertEquals(16, hashes.get());
        hashes.set(0);
        for (BackupCodeText code : codes) {
            assertTrue(hasher.matches(TARO, WHAT, sealed, code));
            assertFalse(hasher.matches(TARO, WHAT, sealed, draw(code.slot())));
        }
        assertEquals(32, hashes.get());
        hasher.pretend(codes.get(0));
        assertEquals(33, hashes.get());
    }

    @Test
    void theRecordHasAFormatTheCostASaltAndTheHashes() {
        List<BackupCodeText> codes = draw();
        byte[] first = sealer.openHash(TARO, WHAT, hasher.hash(TARO, WHAT, codes));
        byte[] second = sealer.openHash(TARO, WHAT, hasher.hash(TARO, WHAT, codes));

        assertEquals(HEADER + 16 * HASH, first.length);
        assertEquals(
                "01"
                        + HexFormat.of().toHexDigits(TestInstitution.FAST_HASHING.memoryKib())
                        + HexFormat.of().toHexDigits(TestInstitution.FAST_HASHING.passes()),
                HexFormat.of().formatHex(first, 0, 9));
        assertFalse(Arrays.equals(first, 9, HEADER, second, 9, HEADER), "each set has a new salt");
        for (int slot = 0; slot < 16; slot++) {
            int begin = HEADER + slot * HASH;
            assertFalse(Arrays.equals(first, begin, begin + HASH, second, begin, begin + HASH));
            String text = codes.get(slot).exposeSymbols();
            assertFalse(new String(first, StandardCharsets.ISO_8859_1).contains(text));
        }
    }

    @Test
    void codesOfAnotherCostStayGood() {
        BackupCodeText code = draw(0);
        SealedSecret old =
                hasher(HashingPolicy.builder().memoryKib(16).passes(2).build()).hash(TARO, WHAT, List.of(code));
        assertTrue(hasher.matches(TARO, WHAT, old, code));
    }

    @Test
    @Tag("R10.1")
    void bindsTheHashesToTheirHolderAndKind() {
        BackupCodeText code = draw(0);
        SealedSecret sealed = hasher.hash(TARO, WHAT, List.of(code));
        assertThrows(IntegrityException.class, () -> hasher.matches(new Holder("hanako"), WHAT, sealed, code));
        assertThrows(IntegrityException.class, () -> hasher.matches(TARO, HashedSecrets.EMERGENCY_CODES, sealed, code));
    }

    @Test
    void aRecordOfAnotherFormIsAnIntegrityFailure() {
        BackupCodeText code = draw(1);
        byte[] record = sealer.openHash(TARO, WHAT, hasher.hash(TARO, WHAT, List.of(draw(0), code)));
        byte[] otherFormat = record.clone();
        otherFormat[0] = 2;
        for (byte[] broken : List.of(
                new byte[0],
                otherFormat,
                Arrays.copyOf(record, record.length - 1),
                Arrays.copyOf(record, record.length + 1),
                Arrays.copyOf(record, HEADER + HASH))) {
            SealedSecret sealed = sealer.sealHash(TARO, WHAT, broken);
            IntegrityException thrown =
                    assertThrows(IntegrityException.class, () -> hasher.matches(TARO, WHAT, sealed, code));
            assertEquals("The recovery codes of holder taro have an unknown format; restore them", thrown.getMessage());
        }
        assertTrue(hasher.matches(TARO, WHAT, sealer.sealHash(TARO, WHAT, record), code));
    }
}
