package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader verifies the MAC of an encrypted value (RFC 6030 §6.1.1). */
@Tag("R5.1")
class PskcMacTest {
    private static final PskcKey SHARED = PskcKey.preShared(KEY);
    private static final String WRONG_MAC =
            "ValueMAC does not match: the value was changed, or the key or password is wrong";

    @Test
    void rejectsAChangedValueByItsMac() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA256");
        byte[] data = Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes());
        for (int i = 0; i < data.length; i++) {
            byte[] changed = data.clone();
            changed[i] ^= 1;
            String message = failure(with(file, Encrypted.base64(data), Encrypted.base64(changed)), SHARED);
            assertTrue(message.contains(WRONG_MAC), message);
        }
    }

    @Test
    void rejectsACbcValueWithoutAMac() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<ValueMAC>.*</ValueMAC>", "");
        assertEquals(
                "ValueMAC is missing; a value that is encrypted with AES-CBC must have one (RFC 6030 §6.1.1)",
                bad(file, SHARED).problem());
        String noMethod = Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<MACMethod.*</MACMethod>", "");
        assertEquals(
                "The file must have MACMethod, without which ValueMAC cannot be verified",
                bad(noMethod, SHARED).problem());
        String empty = Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<ValueMAC>.*</ValueMAC>", "<ValueMAC/>");
        assertTrue(failure(empty, SHARED).contains(WRONG_MAC));
    }

    @Test
    void verifiesAMacEvenWithAnAuthenticatingCipher() throws GeneralSecurityException {
        String file = Encrypted.file("gcm", KEY, "SHA256");
        String other = file.replaceFirst("<ValueMAC>.*</ValueMAC>", "<ValueMAC>AAAA</ValueMAC>");
        assertTrue(failure(other, SHARED).contains(WRONG_MAC));
        assertEquals(
                "The file must have MACMethod, without which ValueMAC cannot be verified",
                bad(file.replaceFirst("<MACMethod.*</MACMethod>", ""), SHARED).problem());
    }

    @Test
    void rejectsATruncatedMac() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA256");
        byte[] mac = Encrypted.mac("SHA256", Encrypted.MAC_KEY, Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes()));
        assertTrue(failure(with(file, Encrypted.base64(mac), Encrypted.base64(Arrays.copyOf(mac, 20))), SHARED)
                .contains(WRONG_MAC));
    }

    /** Some manufacturers computed the MAC of the plaintext. RFC 6030 requires the MAC of the ciphertext. */
    @Test
    void rejectsAMacOfThePlaintext() throws GeneralSecurityException {
        String mac = Encrypted.base64(Encrypted.mac("SHA256", Encrypted.MAC_KEY, SECRET.exposeBytes()));
        String file = Encrypted.file("cbc", KEY, "SHA256")
                .replaceFirst("<ValueMAC>.*</ValueMAC>", "<ValueMAC>" + mac + "</ValueMAC>");
        assertTrue(failure(file, SHARED).contains(WRONG_MAC));
    }

    @Test
    void usesTheEncryptionKeyWithoutAMacKey() throws GeneralSecurityException {
        byte[] data = Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes());
        String file = Encrypted.file("cbc", KEY, "SHA1")
                .replaceFirst("<MACKey>.*</MACKey>", "")
                .replaceFirst(
                        "<ValueMAC>.*</ValueMAC>",
                        "<ValueMAC>" + Encrypted.base64(Encrypted.mac("SHA1", KEY, data)) + "</ValueMAC>");
        assertEquals(SECRET, good(file, SHARED).secret());
        assertTrue(failure(Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<MACKey>.*</MACKey>", ""), SHARED)
                .contains(WRONG_MAC));
    }

    /** AES-CBC does not authenticate the MAC key. A short key of an attacker's choice can be guessed. */
    @Test
    void rejectsAShortMacKey() throws GeneralSecurityException {
        for (int length : new int[] {1, 15, 16}) {
            SecretKey macKey = new SecretKeySpec(new byte[length], "HMAC");
            byte[] data = Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes());
            String file = Encrypted.file("cbc", KEY, "SHA1")
                    .replaceFirst(
                            "<MACKey>.*</MACKey>",
                            "<MACKey>" + Encrypted.cipherValue("cbc", KEY, macKey.getEncoded()) + "</MACKey>")
                    .replaceFirst(
                            "<ValueMAC>.*</ValueMAC>",
                            "<ValueMAC>" + Encrypted.base64(Encrypted.mac("SHA1", macKey, data)) + "</ValueMAC>");
            if (length < 16) {
                assertTrue(failure(file, SHARED).contains("The MAC key is shorter than 16 bytes"));
            } else {
                assertEquals(SECRET, good(file, SHARED).secret());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-md5", "hmac-sha1-96", "sha1"})
    void rejectsAnUnsupportedMac(String name) throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA1").replace("hmac-sha1", name);
        assertTrue(failure(file, SHARED).contains("MACMethod must be HMAC-SHA1, -SHA224, -SHA256, -SHA384 or -SHA512"));
        assertTrue(bad(file.replaceFirst(" Algorithm=\"[^\"]*" + name + "\"", ""), SHARED)
                .problem()
                .startsWith("The file must have MACMethod"));
    }

    @Test
    void rejectsAReferenceToAMacKey() {
        String file = figure(6).replaceFirst("(?s)<MACKey>.*</MACKey>", "<MACKeyReference>x</MACKeyReference>");
        assertTrue(failure(file, SHARED).contains("The element MACKeyReference is unknown here"));
    }
}
