package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.SERVICE;
import static dev.watchword.otp.app.support.SampleToken.USER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.PlainText;
import dev.watchword.otp.app.support.SampleToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link Pkcs12KeyStore}: first use, passwords, damaged files and concurrency. */
@Tag("R4.5")
class Pkcs12KeyStoreTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] PASSWORD = "correct horse".toCharArray();

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("keys.p12");
    }

    private Pkcs12KeyStore store() {
        return Pkcs12KeyStore.open(file(), PASSWORD, RANDOM);
    }

    @Test
    void createsItsKeyOnFirstUseAndKeepsIt() throws IOException {
        byte[] key = store().vaultKey().getEncoded();

        Pkcs12KeyStore other = Pkcs12KeyStore.open(directory.resolve("other.p12"), PASSWORD, RANDOM);

        assertEquals(32, key.length);
        assertFalse(Arrays.equals(key, new byte[32]));
        assertFalse(Arrays.equals(key, other.vaultKey().getEncoded()));
        assertArrayEquals(key, store().vaultKey().getEncoded());
        assertEquals("AES", store().vaultKey().getAlgorithm());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertFalse(PlainText.shows(Files.readAllBytes(file()), key));
    }

    @Test
    void keepsAVaultAcrossRestarts() {
        Path vault = directory.resolve("vault");
        TokenVault.at(vault, store(), RANDOM).add(SampleToken.contents());

        assertTrue(TokenVault.at(vault, store(), RANDOM).token(SERVICE, USER).isPresent());
    }

    @Test
    @Tag("R10.2")
    void rejectsAWrongPasswordAndChangesNothing() throws IOException {
        store();
        byte[] before = Files.readAllBytes(file());

        char[] wrong = "wrong horse".toCharArray();
        var e = assertThrows(VaultException.class, () -> Pkcs12KeyStore.open(file(), wrong, RANDOM));

        assertTrue(e.toString().contains("password") && e.toString().contains("wrong"), e.toString());
        assertFalse(e.toString().contains("horse"));
        assertArrayEquals("wrong horse".toCharArray(), wrong);
        assertArrayEquals(before, Files.readAllBytes(file()));
    }

    @Test
    void rejectsAnEmptyPassword() {
        assertThrows(IllegalArgumentException.class, () -> Pkcs12KeyStore.open(file(), new char[0], RANDOM));
        assertFalse(Files.exists(file()));
    }

    @Test
    void rejectsAFileThatWasCut() throws IOException {
        store();
        byte[] bytes = Files.readAllBytes(file());

        for (int length = 0; length < bytes.length; length += 97) {
            Files.write(file(), Arrays.copyOf(bytes, length));
            var e = assertThrows(VaultException.class, this::store);
            assertTrue(e.toString().contains("restore it"), e.toString());
        }
    }

    /**
     * Some changes do not matter, such as the name of an algorithm in lower case. The key must then be the right one.
     */
    @Test
    void rejectsAFileThatWasChanged() throws IOException {
        byte[] key = store().vaultKey().getEncoded();
        byte[] bytes = Files.readAllBytes(file());

        for (int index = 0; index < bytes.length; index += 31) {
            byte[] changed = bytes.clone();
            changed[index] ^= 0x10;
            Files.write(file(), changed);
            try {
                assertArrayEquals(key, store().vaultKey().getEncoded());
            } catch (VaultException e) {
                assertTrue(e.toString().contains("changed") || e.toString().contains("damaged"), e.toString());
            }
        }
    }

    @Test
    void rejectsAPkcs12FileWithoutAVaultKey() throws Exception {
        var other = java.security.KeyStore.getInstance("PKCS12");
        other.load(null, null);
        try (var out = Files.newOutputStream(file())) {
            other.store(out, PASSWORD);
        }

        var e = assertThrows(VaultException.class, this::store);

        assertTrue(e.toString().contains("without the key of a vault"), e.toString());
    }

    @Test
    void createsOneKeyForManyThreads() {
        long keys = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> Arrays.toString(store().vaultKey().getEncoded()))
                .distinct()
                .count();

        assertEquals(1, keys);
    }

    @Test
    void createsItsKeyAfterAnUnfinishedWrite() throws IOException {
        Files.write(directory.resolve("keys.p12.tmp"), new byte[10]);

        store();

        assertFalse(Files.exists(directory.resolve("keys.p12.tmp")));
    }

    @Test
    @Tag("R10.2")
    void showsNoKey() {
        assertEquals("Pkcs12KeyStore[redacted]", store().toString());
    }
}
