package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R10.1")
class SecretSealerTest {
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final SerialNumber SERIAL = new SerialNumber("101199980021");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeySource keys = keys("key-1");
    private final SecretSealer sealer = new SecretSealer(keys, SERVICE, RANDOM);
    private final OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA256, RANDOM);
    private final SealedSecret sealed = sealer.seal(SERIAL, secret);

    private static KeySource keys(String name) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return KeySource.of(name, new SecretKeySpec(key, "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
    }

    @Test
    void opensItsSealedSecrets() {
        assertEquals(secret, sealer.open(SERIAL, sealed));
        assertEquals("key-1", sealed.keyName());
    }

    @Test
    void neverSealsAlike() {
        assertNotEquals(sealed, sealer.seal(SERIAL, secret));
    }

    @Test
    void doesNotOpenForAnotherToken() {
        assertRefusesToOpen(sealer, new SerialNumber("101199980022"), sealed);
    }

    @Test
    void doesNotOpenForAnotherInstitution() {
        assertRefusesToOpen(new SecretSealer(keys, new ServiceId("10112236"), RANDOM), SERIAL, sealed);
    }

    @Test
    void doesNotOpenUnderAnotherKey() {
        assertRefusesToOpen(new SecretSealer(keys("key-1"), SERVICE, RANDOM), SERIAL, sealed);
    }

    @Test
    void saysWhichKeyIsMissing() {
        KeyUnavailableException e = assertThrows(
                KeyUnavailableException.class,
                () -> new SecretSealer(keys("key-2"), SERVICE, RANDOM).open(SERIAL, sealed));

        assertTrue(String.valueOf(e.getMessage()).contains("Sealing key key-1 is not in the key source"));
    }

    @Test
    void doesNotOpenIfAnyBitOrTheLengthWasChanged() {
        for (int bit = 0; bit < sealed.bytes().length * 8; bit++) {
            byte[] changed = sealed.bytes();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefusesToOpen(sealer, SERIAL, new SealedSecret("key-1", changed));
        }
        for (int length = 0; length < sealed.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(sealed.bytes(), length);
            assertRefusesToOpen(sealer, SERIAL, new SealedSecret("key-1", cut));
        }
    }

    @Test
    void takesOnlyKeysOf256Bits() {
        assertThrows(
                IllegalArgumentException.class,
                () -> KeySource.of(
                        "short",
                        new SecretKeySpec(new byte[16], "AES"),
                        new SecretKeySpec(new byte[32], "HmacSHA256")));
        assertThrows(
                IllegalArgumentException.class,
                () -> KeySource.of(
                        "other",
                        new SecretKeySpec(new byte[32], "DES"),
                        new SecretKeySpec(new byte[32], "HmacSHA256")));
        for (String name : List.of("", " ", "x".repeat(65))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KeySource.of(
                            name,
                            new SecretKeySpec(new byte[32], "AES"),
                            new SecretKeySpec(new byte[32], "HmacSHA256")));
        }
        KeySource weak = new KeySource() {
            @Override
            public String sealingKeyName() {
                return "weak";
            }

            @Override
            public Optional<SecretKey> sealingKey(String name) {
                return Optional.of(new SecretKeySpec(new byte[16], "AES"));
            }

            @Override
            public String historyKeyName() {
                return TestInstitution.KEYS.historyKeyName();
            }

            @Override
            public Optional<SecretKey> historyKey(String name) {
                return TestInstitution.KEYS.historyKey(name);
            }
        };
        assertThrows(KeyUnavailableException.class, () -> new SecretSealer(weak, SERVICE, RANDOM).seal(SERIAL, secret));
    }

    @Test
    void acceptsAKeyThatDoesNotLeaveItsHsm() {
        SecretKey hidden = new SecretKey() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getAlgorithm() {
                return "AES";
            }

            @Override
            @SuppressWarnings("NullAway") // so the platform says that a key is not to be had
            public String getFormat() {
                return null;
            }

            @Override
            @SuppressWarnings("NullAway")
            public byte[] getEncoded() {
                return null;
            }
        };

        assertEquals(
                Optional.of(hidden),
                KeySource.of("hsm", hidden, new SecretKeySpec(new byte[32], "HmacSHA256"))
                        .sealingKey("hsm"));
    }

    @Test
    @Tag("R10.2")
    void showsNoSecretAtRest() {
        String stored = new String(sealed.bytes(), StandardCharsets.ISO_8859_1);
        String open = new String(secret.exposeBytes(), StandardCharsets.ISO_8859_1);

        assertFalse(stored.contains(open));
        assertEquals("SealedSecret[key key-1]", sealed.toString());
    }

    private static void assertRefusesToOpen(SecretSealer sealer, SerialNumber serial, SealedSecret sealed) {
        assertThrows(IntegrityException.class, () -> sealer.open(serial, sealed));
    }
}
