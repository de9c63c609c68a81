package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.SERVICE;
import static dev.watchword.otp.app.support.SampleToken.USER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.SampleToken;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of {@link DeviceKey} and {@link DevicePublicKey}. */
@Tag("R4.3")
@Tag("R4.5")
class DeviceKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void isAnXWingKeyByDefault() {
        assertEquals(
                DeviceKeyType.X_WING, DeviceKey.generate(RANDOM).publicKey().type());
        assertEquals(
                DeviceKeyType.P256,
                DeviceKey.generate(DeviceKeyType.P256, RANDOM).publicKey().type());
    }

    /** JSON mappers that read fields leave out transient ones. */
    @Test
    @Tag("R10.2")
    void noMapperReadsItsBytes() {
        for (Field field : DeviceKey.class.getDeclaredFields()) {
            boolean shown = !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
            assertFalse(shown && field.getType().isArray(), field::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRestoredFromItsBytes(DeviceKeyType type) {
        DeviceKey key = DeviceKey.generate(type, RANDOM);
        SealedAnswer answer = SealedAnswer.seal(SampleToken.contents(), key.publicKey(), RANDOM);

        byte[] bytes = key.exposeBytes();
        DeviceKey restored = DeviceKey.fromBytes(bytes);
        Arrays.fill(bytes, (byte) 0);

        assertEquals(key.publicKey(), restored.publicKey());
        assertTrue(restored.open(answer, SERVICE, USER).isPresent());
        assertThrows(IllegalArgumentException.class, () -> DeviceKey.fromBytes(new byte[32]));
        assertThrows(IllegalArgumentException.class, () -> DeviceKey.fromBytes(new byte[34]));
        assertThrows(IllegalArgumentException.class, () -> DeviceKey.fromBytes(new byte[33]));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R10.2")
    void isUnusableOnceDestroyed(DeviceKeyType type) {
        DeviceKey key = DeviceKey.generate(type, RANDOM);
        SealedAnswer answer = SealedAnswer.seal(SampleToken.contents(), key.publicKey(), RANDOM);
        byte[] inside = key.privateKey();
        assertFalse(key.isDestroyed());

        key.destroy();

        assertTrue(key.isDestroyed());
        assertThrows(IllegalStateException.class, () -> key.open(answer, SERVICE, USER));
        assertThrows(IllegalStateException.class, key::exposeBytes);
        assertArrayEquals(new byte[32], inside);
        assertEquals("DeviceKey[" + type + ", redacted]", key.toString());
    }

    @Test
    void rejectsMalformedIds() {
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        SealedAnswer answer = SealedAnswer.seal(SampleToken.contents(), key.publicKey(), RANDOM);

        assertThrows(IllegalArgumentException.class, () -> key.open(answer, "1011223", USER));
        assertThrows(IllegalArgumentException.class, () -> key.open(answer, SERVICE, "99980000000１"));
    }

    @ParameterizedTest
    @EnumSource
    void decodesThePublicKeyThatItEncoded(DeviceKeyType type) {
        DevicePublicKey key = DeviceKey.generate(type, RANDOM).publicKey();
        DevicePublicKey read = DevicePublicKey.fromBytes(key.toBytes());

        assertEquals(type == DeviceKeyType.X_WING ? 1218 : 67, key.toBytes().length);
        assertEquals(key, read);
        assertEquals(key.hashCode(), read.hashCode());
        assertArrayEquals(key.toBytes(), read.toBytes());
        assertEquals("DevicePublicKey[" + type + "]", read.toString());
        DevicePublicKey other = DeviceKey.generate(type, RANDOM).publicKey();
        assertNotEquals(key, other);
        assertNotEquals(key.hashCode(), other.hashCode());
        assertFalse(key.equals(null));
    }

    @ParameterizedTest
    @EnumSource
    void rejectsPublicKeysOfAnotherForm(DeviceKeyType type) {
        byte[] bytes = DeviceKey.generate(type, RANDOM).publicKey().toBytes();

        for (int cut = 0; cut <= bytes.length + 1; cut++) {
            if (cut != bytes.length) {
                assertRejected(Arrays.copyOf(bytes, cut));
            }
        }
        int length = bytes.length;
        var e = assertThrows(
                IllegalArgumentException.class, () -> DevicePublicKey.fromBytes(Arrays.copyOf(bytes, length + 1)));
        assertEquals(
                "A device's public key of type " + type + " must have " + length + " bytes, not " + (length + 1),
                e.getMessage());
        assertRejected(with(bytes, 0, 0));
        assertRejected(with(bytes, 0, 2));
        assertRejected(with(bytes, 1, 0));
        assertRejected(with(bytes, 1, 3));
        assertRejected(with(bytes, 1, 3 - bytes[1]));
    }

    /**
     * Otherwise the server would detect the invalid key only when it seals a secret. A point off the curve could even
     * reveal bits of a private key.
     */
    @Test
    void rejectsInvalidPublicKeys() {
        byte[] p256 = DeviceKey.generate(DeviceKeyType.P256, RANDOM).publicKey().toBytes();
        assertRejected(with(p256, 66, p256[66] ^ 1)); // off the curve
        assertRejected(with(p256, 2, 6)); // an encoding of points that HPKE does not use
        assertRejected(Arrays.copyOf(new byte[] {1, 2, 4}, 67)); // the origin, which is off the curve too

        byte[] xWing = DeviceKey.generate(RANDOM).publicKey().toBytes();
        assertRejected(with(with(xWing, 2, 0xff), 3, 0xff)); // a coefficient beyond the modulus (FIPS 203 §7.2)
        byte[] lowOrder = xWing.clone();
        Arrays.fill(lowOrder, 1218 - 32, 1218, (byte) 0);
        assertRejected(lowOrder); // X25519 with this point yields zero (RFC 7748 §6.1)
    }

    private static byte[] with(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static void assertRejected(byte[] bytes) {
        var e = assertThrows(IllegalArgumentException.class, () -> DevicePublicKey.fromBytes(bytes));
        assertTrue(e.toString().contains("device"), e.toString());
    }
}
