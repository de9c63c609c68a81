package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.aes;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.read;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import dev.watchword.otp.lifecycle.seeds.support.HiddenKey;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader accepts a file only with the kind of key that the file declares, and a key shows nothing. */
@Tag("R5.1")
class PskcKeyTest {
    private static final PskcKey SHARED = PskcKey.preShared(KEY);
    private static final String NOT_OPEN =
            "The value cannot be decrypted: it was changed, or the key or password is wrong";

    @Test
    void endsWithAWrongKey() throws GeneralSecurityException {
        PskcKey other = PskcKey.preShared(aes("22345678901234567890123456789012"));
        assertTrue(failure(figure(6), other).contains(" is wrong"));
        assertTrue(failure(Encrypted.file("gcm", KEY, ""), other).contains(NOT_OPEN));
        assertTrue(failure(Encrypted.file("gcm", KEY, "SHA1"), other)
                .contains("The MAC key cannot be decrypted: the key or password is wrong"));
        assertTrue(failure(figure(7), PskcKey.password("Qwerty".toCharArray())).contains(" is wrong"));
    }

    @Test
    void reportsAKeyOfAnotherLength() throws GeneralSecurityException {
        PskcKey long256 = PskcKey.preShared(aes("0f".repeat(32)));
        assertTrue(failure(figure(6), long256)
                .contains("The cipher needs a key of 128 bits, but the given key has another length"));
        assertTrue(bad(Encrypted.file("gcm", KEY, ""), long256).problem().contains("needs a key of 128 bits"));
    }

    /** An attacker who can change the file could otherwise insert known secrets. */
    @Test
    void rejectsAPlainSecretIfAKeyWasGiven() {
        assertTrue(failure(SeedFiles.TOTP, SHARED)
                .contains("The file has no EncryptionKey, although a key or password was given"));
        String file = figure(6)
                .replaceFirst(
                        "(?s)<EncryptedValue>.*</ValueMAC>", "<PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue>");
        assertEquals(
                "The secret is not encrypted, although a key or password was given; ask the maker for encrypted secrets",
                bad(file, SHARED).problem());
    }

    @Test
    void requiresTheKindOfKeyThatTheFileDeclares() {
        PskcKey password = PskcKey.password("qwerty".toCharArray());
        assertTrue(failure(figure(6)).contains("The file is encrypted; open it with its pre-shared key or password"));
        assertTrue(failure(figure(7)).contains("The file is encrypted; open it"));
        assertTrue(failure(figure(6), password).contains("is encrypted under a pre-shared key, but another kind"));
        assertTrue(failure(figure(7), SHARED).contains("is encrypted under a password, but another kind"));
        String certificate = figure(6).replaceFirst("<ds:KeyName>.*</ds:KeyName>", "<ds:X509Data/>");
        assertTrue(failure(certificate, SHARED)
                .contains("EncryptionKey must have KeyName (a pre-shared key) or DerivedKey (a password)"));
        assertTrue(failure(certificate, password)
                .contains("EncryptionKey must have KeyName (a pre-shared key) or DerivedKey (a password)"));
        String both = with(
                figure(7),
                "<xenc11:DerivedKey>",
                "<ds:KeyName xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">k</ds:KeyName><xenc11:DerivedKey>");
        assertTrue(failure(both, password).contains("KeyName or DerivedKey, not both"));
        assertTrue(failure(both, SHARED).contains("KeyName or DerivedKey, not both"));
        String unsaid = figure(6).replaceFirst("(?s)<EncryptionKey>.*</MACMethod>", "");
        assertEquals(
                "The value is encrypted, but the file has no EncryptionKey; ask the maker for a complete file",
                bad(unsaid).problem());
    }

    @Test
    void readsButDoesNotWriteWithAKeyOfUnknownLength() {
        SecretKey hidden = new HiddenKey("AES");
        assertTrue(failure(figure(6), PskcKey.preShared(hidden)).contains("The MAC key cannot be decrypted"));
        assertThrows(
                IllegalArgumentException.class,
                () -> PskcWriter.open(new ByteArrayOutputStream(), PskcKey.preShared(hidden), new SecureRandom()));
    }

    @Test
    void checksKeysAndShowsNothing() {
        for (int length : new int[] {1, 8, 15, 17, 20, 31, 33, 64}) {
            SecretKey key = new SecretKeySpec(new byte[length], "AES");
            assertThrows(IllegalArgumentException.class, () -> PskcKey.preShared(key));
        }
        assertThrows(IllegalArgumentException.class, () -> PskcKey.password(new char[0]));
        assertEquals(
                "PskcKey[redacted]", PskcKey.password("qwerty".toCharArray()).toString());
        assertFalse(SHARED.toString().contains("1234"));
    }

    @Test
    void copiesAPasswordAndDestroysIt() {
        char[] typed = "qwerty".toCharArray();
        PskcKey key = PskcKey.password(typed);
        Arrays.fill(typed, 'x');
        assertTrue(bad(figure(7), key).problem().contains("Counter"));

        assertFalse(key.isDestroyed());
        char[] held = requireNonNull(key.password());
        key.destroy();
        assertArrayEquals(new char[6], held);
        assertTrue(key.isDestroyed());
        assertThrows(IllegalStateException.class, () -> read(figure(7), key));
        SHARED.destroy();
        assertFalse(SHARED.isDestroyed());
        PskcKey.none().destroy();
        assertFalse(PskcKey.none().isDestroyed());
    }
}
