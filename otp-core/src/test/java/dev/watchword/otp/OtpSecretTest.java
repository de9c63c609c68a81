package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link OtpSecret}: its lengths, its comparison and its destruction. */
@Tag("R10.2")
class OtpSecretTest {
    /** Returns new bytes on each call, so that no test can change them for another. */
    private static byte[] bytes() {
        return "a secret of twenty b".getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void generatesAsManyBytesAsTheHashHas(HmacAlgorithm algorithm) {
        SecureRandom random = new SecureRandom();
        OtpSecret secret = OtpSecret.random(algorithm, random);

        assertEquals(algorithm.hashLength(), secret.exposeBytes().length);
        assertNotEquals(secret, OtpSecret.random(algorithm, random));
    }

    @ParameterizedTest
    @ValueSource(ints = {OtpSecret.MIN_LENGTH, OtpSecret.MAX_LENGTH})
    void acceptsTheMinimumAndTheMaximumLength(int length) {
        assertEquals(length, OtpSecret.copyOf(new byte[length]).exposeBytes().length);
    }

    @Test
    void isEqualByItsBytes() {
        OtpSecret secret = OtpSecret.copyOf(bytes());
        byte[] otherBytes = bytes();
        otherBytes[19] ^= 1;

        assertEquals(secret, OtpSecret.copyOf(bytes()));
        assertEquals(secret.hashCode(), OtpSecret.copyOf(bytes()).hashCode());
        assertNotEquals(secret, OtpSecret.copyOf(otherBytes));
        assertFalse(secret.equals(null));
    }

    @Test
    void isUnusableOnceDestroyed() {
        OtpSecret secret = OtpSecret.copyOf(bytes());
        OtpSecret other = OtpSecret.copyOf(bytes());
        byte[] inside = secret.bytes();
        assertFalse(secret.isDestroyed());

        secret.destroy();
        other.destroy();

        assertTrue(secret.isDestroyed());
        assertArrayEquals(new byte[bytes().length], inside);
        assertThrows(IllegalStateException.class, secret::exposeBytes);
        assertThrows(IllegalStateException.class, () -> Totp.of(TotpProfile.BANK, secret));
        assertNotEquals(secret, other);
        assertNotEquals(secret, OtpSecret.copyOf(bytes()));
        assertNotEquals(OtpSecret.copyOf(bytes()), secret);
        assertEquals(secret, secret);
    }

    @Test
    void showsNoSecret() {
        assertEquals("OtpSecret[redacted]", OtpSecret.copyOf(bytes()).toString());
    }

    /** JSON mappers that read fields leave out transient ones. */
    @Test
    void noMapperReadsItsBytes() {
        for (Field field : OtpSecret.class.getDeclaredFields()) {
            boolean shown = !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
            assertFalse(shown && field.getType().isArray(), field::toString);
        }
    }
}
