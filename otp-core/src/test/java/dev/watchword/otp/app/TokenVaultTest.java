package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.SERVICE;
import static dev.watchword.otp.app.support.SampleToken.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.PlainText;
import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.support.OpaqueKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of {@link TokenVault}: provisioning, tampering, failures and concurrency. */
@Tag("R4.5")
class TokenVaultTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OTHER_SERVICE = "10119998";
    private static final String OTHER_USER = "999800000002";
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("vault");
    }

    /** Opens the vault again, as an app does after a restart. */
    private TokenVault vault() {
        return TokenVault.at(file(), () -> KEY, RANDOM);
    }

    private static SealedAnswer answer(DevicePublicKey device) {
        return SealedAnswer.seal(SampleToken.contents(), device, RANDOM);
    }

    private List<String> owners() {
        return vault().tokens().stream()
                .map(token -> token.serviceId() + "/" + token.userId())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R4.3")
    void provisionsAcrossRestarts(DeviceKeyType type) {
        DevicePublicKey device = vault().prepare(type, SERVICE, USER);
        SealedAnswer answer = answer(device);

        SoftwareToken token = vault().provision(answer, SERVICE, USER).orElseThrow();

        assertEquals("243725864", token.serial());
        assertEquals(
                token.code(SampleToken.START),
                vault().token(SERVICE, USER).orElseThrow().code(SampleToken.START));
        assertEquals(List.of(SERVICE + "/" + USER), owners());
    }

    @Test
    @Tag("R4.3")
    void returnsTheSameKeyUntilTheTokenIsProvisioned() {
        DevicePublicKey device = vault().prepare(SERVICE, USER);

        assertEquals(DeviceKeyType.X_WING, device.type());
        assertEquals(device, vault().prepare(SERVICE, USER));
        assertNotEquals(device, vault().prepare(OTHER_SERVICE, USER));
        assertTrue(vault().provision(answer(device), SERVICE, USER).isPresent());
        assertEquals(Optional.empty(), vault().provision(answer(device), SERVICE, USER));
        assertNotEquals(device, vault().prepare(SERVICE, USER));
    }

    @Test
    @Tag("R4.3")
    void replacesAKeyOfAnotherType() {
        DevicePublicKey first = vault().prepare(SERVICE, USER);
        DevicePublicKey second = vault().prepare(DeviceKeyType.P256, SERVICE, USER);

        assertEquals(DeviceKeyType.P256, second.type());
        assertEquals(Optional.empty(), vault().provision(answer(first), SERVICE, USER));
        assertTrue(vault().provision(answer(second), SERVICE, USER).isPresent());
    }

    @Test
    @Tag("R4.3")
    void changesNothingIfAnAnswerDoesNotOpen() throws IOException {
        DevicePublicKey device = vault().prepare(SERVICE, USER);
        byte[] before = Files.readAllBytes(file());
        SealedAnswer anothers = answer(DeviceKey.generate(RANDOM).publicKey());

        assertEquals(Optional.empty(), vault().provision(anothers, SERVICE, USER));
        assertEquals(Optional.empty(), vault().provision(answer(device), SERVICE, OTHER_USER));

        assertTrue(Arrays.equals(before, Files.readAllBytes(file())));
        assertEquals(List.of(), owners());
        assertTrue(vault().provision(answer(device), SERVICE, USER).isPresent());
    }

    @Test
    void separatesServicesAndUsers() {
        vault().add(SampleToken.contents(OTHER_SERVICE, USER));
        vault().add(SampleToken.contents(SERVICE, OTHER_USER));
        vault().add(SampleToken.contents(SERVICE, USER));

        assertEquals(List.of(SERVICE + "/" + USER, SERVICE + "/" + OTHER_USER, OTHER_SERVICE + "/" + USER), owners());
        assertEquals(
                OTHER_SERVICE, vault().token(OTHER_SERVICE, USER).orElseThrow().serviceId());
        assertEquals(Optional.empty(), vault().token(OTHER_SERVICE, OTHER_USER));
    }

    @Test
    void removesOneUsersTokenAndDeviceKey() {
        vault().add(SampleToken.contents());
        vault().add(SampleToken.contents(OTHER_SERVICE, USER));
        DevicePublicKey device = vault().prepare(SERVICE, USER);

        assertTrue(vault().remove(SERVICE, USER));

        assertFalse(vault().remove(SERVICE, USER));
        assertEquals(List.of(OTHER_SERVICE + "/" + USER), owners());
        assertNotEquals(device, vault().prepare(SERVICE, USER));
    }

    @Test
    void replacesAUsersPreviousToken() {
        vault().add(SampleToken.contents());
        TokenContents renewed = TokenContents.builder()
                .secret(SampleToken.contents().secret())
                .profile(SampleToken.contents().profile())
                .serial("243725865")
                .institution("A")
                .serviceId(SERVICE)
                .userId(USER)
                .start(SampleToken.START)
                .expiry(SampleToken.EXPIRY)
                .build();

        vault().add(renewed);

        assertEquals("243725865", vault().token(SERVICE, USER).orElseThrow().serial());
        assertEquals(1, owners().size());
        assertFalse(renewed.secret().isDestroyed());
    }

    @Test
    void isEmptyWithoutAFile() {
        assertEquals(List.of(), vault().tokens());
        assertFalse(vault().remove(SERVICE, USER));
        assertFalse(Files.exists(file()));
        assertEquals("TokenVault[" + file() + "]", vault().toString());
    }

    @Test
    @Tag("R10.2")
    void writesNoPlainSecretAndOnlyForItsOwner() throws IOException {
        vault().add(SampleToken.contents());
        byte[] first = Files.readAllBytes(file());
        vault().add(SampleToken.contents());
        byte[] second = Files.readAllBytes(file());

        assertFalse(PlainText.shows(first, SampleToken.secret()));
        assertFalse(Arrays.equals(first, second));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void rejectsAnEntryInThePlaceOfAnother() throws IOException {
        vault().add(SampleToken.contents());
        vault().add(SampleToken.contents(SERVICE, OTHER_USER));
        var entries = VaultFormat.read(Files.readAllBytes(file()));
        var swapped = new TreeMap<>(entries);
        swapped.put(entries.firstKey(), valueOf(entries.get(entries.lastKey())));
        swapped.put(entries.lastKey(), valueOf(entries.get(entries.firstKey())));
        Files.write(file(), VaultFormat.write(swapped));

        assertThrows(VaultException.class, () -> vault().token(SERVICE, USER));
        assertThrows(VaultException.class, () -> vault().token(SERVICE, OTHER_USER));
        var e = assertThrows(VaultException.class, () -> vault().tokens());
        assertTrue(e.toString().contains(USER), e.toString());
    }

    private static byte[] valueOf(byte @Nullable [] value) {
        return Objects.requireNonNull(value);
    }

    @Test
    void rejectsATokenInThePlaceOfADeviceKey() throws IOException {
        vault().add(SampleToken.contents());
        var entries = VaultFormat.read(Files.readAllBytes(file()));
        Owner owner = new Owner(SERVICE, USER);
        entries.put(VaultEntry.deviceKey(owner), valueOf(entries.get(VaultEntry.token(owner))));
        Files.write(file(), VaultFormat.write(entries));

        assertThrows(VaultException.class, () -> vault().prepare(SERVICE, USER));
        assertTrue(vault().token(SERVICE, USER).isPresent());
    }

    @Test
    void detectsEveryChangedBit() throws IOException {
        vault().add(SampleToken.contents());
        byte[] bytes = Files.readAllBytes(file());

        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(), changed);
            assertThrows(VaultException.class, () -> vault().tokens().get(0), "changed bit " + bit);
        }
    }

    @Test
    void rejectsAFileThatWasCut() throws IOException {
        vault().add(SampleToken.contents());
        byte[] bytes = Files.readAllBytes(file());

        for (int length = 0; length < bytes.length; length++) {
            Files.write(file(), Arrays.copyOf(bytes, length));
            if (length != 1) { // a format byte without entries is a vault without tokens
                assertThrows(VaultException.class, () -> vault().tokens());
                assertThrows(VaultException.class, () -> vault().add(SampleToken.contents()));
            }
        }
    }

    @Test
    void removesTokensThatDoNotOpenUnderAnotherKey() {
        vault().add(SampleToken.contents());
        SecretKey another = new SecretKeySpec(HexFormat.of().parseHex("01".repeat(32)), "AES");
        TokenVault locked = TokenVault.at(file(), () -> another, RANDOM);

        var e = assertThrows(VaultException.class, locked::tokens);

        assertTrue(e.toString().contains("provision the app again"), e.toString());
        assertTrue(locked.remove(SERVICE, USER));
        assertEquals(List.of(), locked.tokens());
    }

    @Test
    void acceptsAes256KeysOnly() {
        for (SecretKey key :
                List.of(new SecretKeySpec(new byte[16], "AES"), new SecretKeySpec(new byte[32], "ChaCha20"))) {
            TokenVault vault = TokenVault.at(file(), () -> key, RANDOM);
            var e = assertThrows(VaultException.class, () -> vault.add(SampleToken.contents()));
            assertTrue(e.toString().contains("AES key of 256 bits"), e.toString());
        }
        assertFalse(Files.exists(file()));

        vault().add(SampleToken.contents());
        TokenVault vault = TokenVault.at(file(), () -> new SecretKeySpec(new byte[16], "AES"), RANDOM);
        var e = assertThrows(VaultException.class, vault::tokens);
        assertTrue(e.toString().contains("AES key of 256 bits"), e.toString());
    }

    /** No provider of this platform supports such a key. The vault must accept it all the way to the provider. */
    @Test
    void acceptsAKeyThatStaysInItsHardware() {
        TokenVault vault = TokenVault.at(file(), () -> new OpaqueKey("AES"), RANDOM);

        var e = assertThrows(VaultException.class, () -> vault.add(SampleToken.contents()));

        assertTrue(e.toString().contains("cannot encrypt"), e.toString());
    }

    @Test
    void reportsAFailingKeyStoreAndChangesNothing() {
        vault().add(SampleToken.contents());
        TokenVault locked = TokenVault.at(
                file(),
                () -> {
                    throw new VaultException("The device is locked; unlock it", null);
                },
                RANDOM);

        assertThrows(VaultException.class, () -> locked.prepare(SERVICE, OTHER_USER));
        assertEquals(1, owners().size());
    }

    /** The file is in the state in which a process leaves it that is killed before the rename. */
    @Test
    void losesNothingByAnUnfinishedWrite() throws IOException {
        vault().add(SampleToken.contents());
        byte[] before = Files.readAllBytes(file());
        Files.write(directory.resolve("vault.tmp"), Arrays.copyOf(before, before.length / 2));

        assertEquals(1, owners().size());
        vault().add(SampleToken.contents(OTHER_SERVICE, USER));

        assertEquals(2, owners().size());
        assertFalse(Files.exists(directory.resolve("vault.tmp")));
    }

    @Test
    void reportsAMissingDirectory() {
        TokenVault vault = TokenVault.at(directory.resolve("none").resolve("vault"), () -> KEY, RANDOM);

        var e = assertThrows(VaultException.class, () -> vault.add(SampleToken.contents()));

        assertTrue(e.toString().contains("its directory must exist"), e.toString());
    }

    @Test
    void boundsTheLengthOfItsFile() throws IOException {
        Files.write(file(), new byte[GuardedFile.MAX_LENGTH + 1]);
        var e = assertThrows(VaultException.class, () -> vault().tokens());
        assertTrue(e.toString().contains("too long"), e.toString());

        GuardedFile file = new GuardedFile(file());
        file.write(new byte[GuardedFile.MAX_LENGTH]);
        assertEquals(GuardedFile.MAX_LENGTH, file.read().orElseThrow().length);
        assertThrows(VaultException.class, () -> file.write(new byte[GuardedFile.MAX_LENGTH + 1]));
    }

    @Test
    void readsBackValuesOfTheMaximumLength() {
        VaultEntry name = VaultEntry.token(new Owner(SERVICE, USER));
        var vault = new TreeMap<VaultEntry, byte[]>(Map.of(name, new byte[0xffff]));

        assertEquals(0xffff, valueOf(VaultFormat.read(VaultFormat.write(vault)).get(name)).length);
    }

    @Test
    void losesNothingToManyThreads() {
        List<String> users =
                IntStream.range(0, 24).mapToObj(i -> "9998000000" + (10 + i)).toList();

        users.parallelStream().forEach(user -> vault().add(SampleToken.contents(SERVICE, user)));

        assertEquals(users, vault().tokens().stream().map(SoftwareToken::userId).collect(Collectors.toList()));
    }
}
