package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyState;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("R10.4")
class KeyCheckerTest {
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SEALING = random();
    private static final byte[] HISTORY = random();

    /** The names a and b have the same bytes. */
    private static final KeySource KEYS = keys(SEALING, HISTORY);

    private final KeyChecker checker = new KeyChecker(KEYS, SERVICE, RANDOM);

    private static byte[] random() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return key;
    }

    private static KeySource keys(byte[] sealing, byte[] history) {
        String seal = Base64.getEncoder().encodeToString(sealing);
        String link = Base64.getEncoder().encodeToString(history);
        return KeyRing.parse(
                "seal a " + seal + " current\nseal b " + seal + "\nhistory a " + link + " current\nhistory b " + link,
                "The keys");
    }

    @ParameterizedTest
    @EnumSource(KeyUse.class)
    void recognisesTheKeyAndNoOther(KeyUse use) {
        KeyCheck check = checker.compute(use, "a");

        assertEquals("a", checker.currentName(use));
        assertEquals(KeyState.RIGHT, checker.compare(check));
        assertEquals(KeyState.RIGHT, new KeyChecker(KEYS, SERVICE, RANDOM).compare(check));
        for (int bit = 0; bit < 256; bit++) {
            KeySource other = keys(flipped(SEALING, bit), flipped(HISTORY, bit));
            assertEquals(KeyState.WRONG, new KeyChecker(other, SERVICE, RANDOM).compare(check));
        }
    }

    private static byte[] flipped(byte[] key, int bit) {
        byte[] flipped = key.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    @ParameterizedTest
    @EnumSource(KeyUse.class)
    void isBoundToTheInstitutionAndTheName(KeyUse use) {
        KeyCheck check = checker.compute(use, "a");

        assertEquals(KeyState.WRONG, new KeyChecker(KEYS, new ServiceId("10112236"), RANDOM).compare(check));
        assertEquals(KeyState.WRONG, checker.compare(KeyCheck.of(use, "b", check.value())));
        assertEquals(KeyState.MISSING, checker.compare(KeyCheck.of(use, "c", check.value())));
    }

    @ParameterizedTest
    @EnumSource(KeyUse.class)
    void anAlteredCheckValueIsNeverRight(KeyUse use) {
        KeyCheck check = checker.compute(use, "a");
        byte[] value = HexFormat.of().parseHex(check.value());
        for (int bit = 0; bit < value.length * 8; bit++) {
            assertNotRight(use, flipped(value, bit));
        }
        for (int length = 16; length <= 64; length++) {
            if (length != value.length) {
                assertNotRight(use, Arrays.copyOf(value, length));
            }
        }
    }

    private void assertNotRight(KeyUse use, byte[] value) {
        KeyCheck altered = KeyCheck.of(use, "a", HexFormat.of().formatHex(value));
        try {
            assertEquals(KeyState.WRONG, checker.compare(altered));
        } catch (IntegrityException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("the check value of sealing key a"), e::getMessage);
        }
    }

    @Test
    void aSealedCheckValueWithAnUnknownFormatIsAnIntegrityFailure() {
        String value = checker.compute(KeyUse.SEAL, "a").value();
        KeyCheck later = KeyCheck.of(KeyUse.SEAL, "a", "02" + value.substring(2));

        assertThrows(IntegrityException.class, () -> checker.compare(later));
    }

    /** The value of a history key does not reveal a link of a chain, because no event is computed over the same text. */
    @Test
    @Tag("R10.2")
    void revealsNoKey() {
        KeyCheck sealing = checker.compute(KeyUse.SEAL, "a");
        KeyCheck history = checker.compute(KeyUse.HISTORY, "a");

        assertFalse(sealing.value().contains(HexFormat.of().formatHex(SEALING, 0, 4)));
        assertFalse(history.value().contains(HexFormat.of().formatHex(HISTORY, 0, 4)));
        assertEquals(16 * 2, history.value().length(), "half of the HMAC is kept");
        assertEquals(history, checker.compute(KeyUse.HISTORY, "a"));
        assertNotEquals(sealing, checker.compute(KeyUse.SEAL, "a"), "each nonce is fresh");
    }
}
