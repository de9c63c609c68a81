package dev.watchword.otp.lifecycle.stock;

import static dev.watchword.otp.lifecycle.stock.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.aes;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.good;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.read;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.with;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R5.1")
class PskcEncryptionTest {
    private static final PskcKey SHARED = PskcKey.preShared(KEY);
    private static final String WRONG_MAC =
            "The MAC of the value is wrong: it was changed, or the key or password is another";
    private static final String NOT_OPEN = "The value does not open: it was changed, or the key or password is another";

    @ParameterizedTest
    @CsvSource({
        "cbc,16,SHA1",
        "cbc,24,SHA256",
        "cbc,32,SHA512",
        "cbc,16,SHA224",
        "cbc,16,SHA384",
        "iso,16,SHA1",
        "gcm,16,''",
        "gcm,24,''",
        "gcm,32,''",
        "gcm,32,SHA256",
        "kwp,16,''",
        "kwp,24,''",
        "kwp,32,''",
        "kwp,32,SHA256"
    })
    void everyCipherAndMacOpens(String mode, int keyLength, String hash) throws GeneralSecurityException {
        SecretKey key = aes("0f".repeat(keyLength));

        assertEquals(
                SECRET,
                good(Encrypted.file(mode, key, hash), PskcKey.preShared(key)).secret());
    }

    /** RFC 3394 §4: the examples with 128 bits of key data. */
    @ParameterizedTest
    @CsvSource({
        "000102030405060708090A0B0C0D0E0F,1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5",
        "000102030405060708090A0B0C0D0E0F1011121314151617,96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F,64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7"
    })
    void theExamplesOfKeyWrapOpen(String key, String wrapped) throws GeneralSecurityException {
        byte[] secret = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");
        String file = Encrypted.file("kw", aes(key), "", secret);

        assertTrue(file.contains(Encrypted.base64(HexFormat.of().parseHex(wrapped))));
        assertEquals(
                OtpSecret.copyOf(secret),
                good(file, PskcKey.preShared(aes(key))).secret());
    }

    @Test
    void aChangedValueIsNeverOpenedBeneathItsMac() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA256");
        byte[] data = Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes());
        for (int i = 0; i < data.length; i++) {
            byte[] changed = data.clone();
            changed[i] ^= 1;
            String message = failure(with(file, Encrypted.base64(data), Encrypted.base64(changed)), SHARED);
            assertTrue(message.contains(WRONG_MAC), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcm", "kw", "kwp"})
    void aChangedValueOfACipherThatAuthenticatesDoesNotOpen(String mode) throws GeneralSecurityException {
        byte[] secret = "1234567890123456".getBytes(StandardCharsets.US_ASCII);
        String file = Encrypted.file(mode, KEY, "", secret);
        byte[] data = Encrypted.encrypt(mode, KEY, secret);
        for (int i = 0; i < data.length; i++) {
            byte[] changed = data.clone();
            changed[i] ^= 1;
            assertTrue(failure(with(file, Encrypted.base64(data), Encrypted.base64(changed)), SHARED)
                    .contains(NOT_OPEN));
        }
        for (int length : new int[] {0, 1, 8, 11, 12, 16, 27}) {
            String cut = Encrypted.base64(Arrays.copyOf(data, Math.min(length, data.length - 1)));
            assertTrue(failure(with(file, Encrypted.base64(data), cut), SHARED).contains(NOT_OPEN));
        }
    }

    @Test
    void aMissingMacIsNotPassedOver() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<ValueMAC>.*</ValueMAC>", "");
        assertEquals(
                "ValueMAC is missing, without which the value may have been changed",
                bad(file, SHARED).problem());
        String noMethod = Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<MACMethod.*</MACMethod>", "");
        assertEquals(
                "The file has no MACMethod that says how to verify ValueMAC",
                bad(noMethod, SHARED).problem());
        String empty = Encrypted.file("cbc", KEY, "SHA1").replaceFirst("<ValueMAC>.*</ValueMAC>", "<ValueMAC/>");
        assertTrue(failure(empty, SHARED).contains(WRONG_MAC));
    }

    @Test
    void aMacThatIsThereIsVerifiedEvenWhereTheCipherAuthenticates() throws GeneralSecurityException {
        String file = Encrypted.file("gcm", KEY, "SHA256");
        String other = file.replaceFirst("<ValueMAC>.*</ValueMAC>", "<ValueMAC>AAAA</ValueMAC>");
        assertTrue(failure(other, SHARED).contains(WRONG_MAC));
        assertEquals(
                "The file has no MACMethod that says how to verify ValueMAC",
                bad(file.replaceFirst("<MACMethod.*</MACMethod>", ""), SHARED).problem());
    }

    @Test
    void aTruncatedMacIsWrong() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA256");
        byte[] mac = Encrypted.mac("SHA256", Encrypted.MAC_KEY, Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes()));
        assertTrue(failure(with(file, Encrypted.base64(mac), Encrypted.base64(Arrays.copyOf(mac, 20))), SHARED)
                .contains(WRONG_MAC));
    }

    /** Some makers have authenticated the plaintext. The RFC has the ciphertext authenticated. */
    @Test
    void aMacOfThePlaintextIsWrong() throws GeneralSecurityException {
        String mac = Encrypted.base64(Encrypted.mac("SHA256", Encrypted.MAC_KEY, SECRET.exposeBytes()));
        String file = Encrypted.file("cbc", KEY, "SHA256")
                .replaceFirst("<ValueMAC>.*</ValueMAC>", "<ValueMAC>" + mac + "</ValueMAC>");
        assertTrue(failure(file, SHARED).contains(WRONG_MAC));
    }

    @Test
    void withoutAMacKeyTheEncryptionKeyMakesTheMac() throws GeneralSecurityException {
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

    @Test
    void onlyTheFirstValueEndsTheReadingIfItDoesNotOpen() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA256");
        String keyPackage = file.substring(file.indexOf("<KeyPackage>"), file.indexOf("</KeyContainer>"));
        String changed = keyPackage.replaceFirst("<ValueMAC>....", "<ValueMAC>AAAA");

        List<SeedRecord> records = read(with(file, keyPackage, keyPackage + changed + keyPackage), SHARED);

        assertEquals(3, records.size());
        assertTrue(records.get(0) instanceof SeedRecord.Good);
        assertEquals(WRONG_MAC, ((SeedRecord.Bad) records.get(1)).problem());
        assertEquals(
                "KeyContainer/KeyPackage/Key/Data/Secret/ValueMAC",
                records.get(1).place().path());
        assertTrue(records.get(2) instanceof SeedRecord.Good);
        String message = failure(with(file, keyPackage, changed + keyPackage), SHARED);
        assertTrue(message.contains("(record 1, line "), message);
    }

    @Test
    void anotherKeyEndsTheReading() throws GeneralSecurityException {
        PskcKey other = PskcKey.preShared(aes("22345678901234567890123456789012"));
        assertTrue(failure(figure(6), other).contains(" is another"));
        assertTrue(failure(Encrypted.file("gcm", KEY, ""), other).contains(NOT_OPEN));
        assertTrue(failure(Encrypted.file("gcm", KEY, "SHA1"), other)
                .contains("The MAC key does not open: the key or password is another"));
        assertTrue(failure(figure(7), PskcKey.password("Qwerty".toCharArray())).contains(" is another"));
    }

    @Test
    void aKeyOfAnotherLengthIsNamed() throws GeneralSecurityException {
        PskcKey long256 = PskcKey.preShared(aes("0f".repeat(32)));
        assertTrue(failure(figure(6), long256)
                .contains("The cipher needs a key of 128 bits, and the key given has another length"));
        assertTrue(bad(Encrypted.file("gcm", KEY, ""), long256).problem().contains("needs a key of 128 bits"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
                "http://www.w3.org/2001/04/xmlenc#aes128-CBC",
                ""
            })
    void anotherCipherIsRefused(String uri) throws GeneralSecurityException {
        String file = Encrypted.file("gcm", KEY, "").replace(Encrypted.uri("gcm", 16), uri);
        assertEquals(
                "The cipher must be AES in CBC or GCM mode, or AES key wrap",
                bad(file, SHARED).problem());
        assertTrue(failure(Encrypted.file("cbc", KEY, "SHA1").replace(Encrypted.uri("cbc", 16), uri), SHARED)
                .contains("The cipher must be"));
        String none = Encrypted.file("gcm", KEY, "").replaceFirst("<xenc:EncryptionMethod [^>]*>", "");
        assertEquals(
                "EncryptedValue must have the element EncryptionMethod",
                bad(none, SHARED).problem());
        String noAlgorithm = Encrypted.file("gcm", KEY, "")
                .replaceFirst("EncryptionMethod Algorithm=\"[^\"]*\"", "EncryptionMethod");
        assertTrue(bad(noAlgorithm, SHARED).problem().startsWith("The cipher must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-md5", "hmac-sha1-96", "sha1"})
    void anotherMacIsRefused(String name) throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA1").replace("hmac-sha1", name);
        assertTrue(failure(file, SHARED).contains("The MAC must be HMAC-SHA1, or HMAC-SHA224 to HMAC-SHA512"));
        assertTrue(failure(file.replaceFirst(" Algorithm=\"[^\"]*" + name + "\"", ""), SHARED)
                .contains("The MAC must be"));
    }

    @Test
    void aKeyForTheMacThatTheFileOnlyNamesIsRefused() {
        String file = figure(6).replaceFirst("(?s)<MACKey>.*</MACKey>", "<MACKeyReference>x</MACKeyReference>");
        assertTrue(failure(file, SHARED).contains("The element MACKeyReference is unknown here"));
    }

    /** Whoever can change the file could put in secrets that he knows. */
    @Test
    void aSecretInTheOpenIsRefusedIfAKeyWasGiven() {
        assertTrue(failure(SeedFiles.TOTP, SHARED)
                .contains("The file says nothing of encryption, though a key for it was given"));
        String file = figure(6)
                .replaceFirst(
                        "(?s)<EncryptedValue>.*</ValueMAC>", "<PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue>");
        assertEquals(
                "The secret is in the open, though a key for the file was given",
                bad(file, SHARED).problem());
    }

    @Test
    void theKindOfKeyMustBeThatOfTheFile() {
        PskcKey password = PskcKey.password("qwerty".toCharArray());
        assertTrue(failure(figure(6)).contains("The file is encrypted; open it with its pre-shared key or password"));
        assertTrue(failure(figure(7)).contains("The file is encrypted; open it"));
        assertTrue(failure(figure(6), password).contains("is encrypted under a pre-shared key, and another kind"));
        assertTrue(failure(figure(7), SHARED).contains("is encrypted under a password, and another kind"));
        String certificate = figure(6).replaceFirst("<ds:KeyName>.*</ds:KeyName>", "<ds:X509Data/>");
        assertTrue(failure(certificate, SHARED).contains("must be encrypted under a pre-shared key or a password"));
        assertTrue(failure(certificate, password).contains("must be encrypted under a pre-shared key or a password"));
        String both = with(
                figure(7),
                "<xenc11:DerivedKey>",
                "<ds:KeyName xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">k</ds:KeyName><xenc11:DerivedKey>");
        assertTrue(failure(both, password).contains("another kind of key"));
        assertTrue(failure(both, SHARED).contains("another kind of key"));
        String unsaid = figure(6).replaceFirst("(?s)<EncryptionKey>.*</MACMethod>", "");
        assertEquals(
                "The value is encrypted, and the file does not say how",
                bad(unsaid).problem());
    }

    @Test
    void headsStandOnceAndFirst() {
        String head = "<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>";
        assertTrue(failure(figure(6).replaceFirst("<EncryptionKey>", head + "$0"), SHARED)
                .contains("EncryptionKey is unknown here, stands twice"));
        assertTrue(failure(figure(6).replaceFirst("<MACMethod ", "<MACMethod/>$0"), SHARED)
                .contains("MACMethod is unknown here, stands twice"));
        String late = with(figure(6), "</KeyContainer>", head + "</KeyContainer>");
        assertTrue(failure(late, SHARED).contains("EncryptionKey is unknown here, stands twice, or too late"));
    }

    @Test
    void numbersMayBeEncryptedAsDigitsOrAsBytes() throws GeneralSecurityException {
        assertEquals(42, counter("42".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(1234, counter("1234".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(258, counter(ByteBuffer.allocate(4).putInt(258).array()));
        assertEquals(1L << 40, counter(ByteBuffer.allocate(8).putLong(1L << 40).array()));
        for (byte[] wrong : List.of(new byte[] {1}, new byte[] {0, 0, 1}, new byte[9], new byte[0])) {
            assertEquals(
                    "Counter must be encrypted as digits, or as 4 or 8 bytes",
                    bad(withCounter(wrong), SHARED).problem());
        }
        assertTrue(bad(withCounter(ByteBuffer.allocate(8).putLong(-1).array()), SHARED)
                .problem()
                .startsWith("Counter must be a whole number from 0"));
    }

    private static long counter(byte[] open) throws GeneralSecurityException {
        return ((SeedProfile.ForHotp) good(withCounter(open), SHARED).profile()).counter();
    }

    private static String withCounter(byte[] open) throws GeneralSecurityException {
        byte[] data = Encrypted.encrypt("cbc", KEY, open);
        return with(
                Encrypted.file("cbc", KEY, "SHA256"),
                "<PlainValue>0</PlainValue>",
                "<EncryptedValue>" + Encrypted.cipherValue("cbc", KEY, open) + "</EncryptedValue><ValueMAC>"
                        + Encrypted.base64(Encrypted.mac("SHA256", Encrypted.MAC_KEY, data)) + "</ValueMAC>");
    }

    /** What is authenticated and malformed all the same was made by a maker who errs. */
    @Test
    void paddingThatIsNoneDoesNotOpen() throws GeneralSecurityException {
        for (int last : new int[] {0, 17, 255}) {
            byte[] block = new byte[32];
            block[31] = (byte) last;
            byte[] whole = Encrypted.encrypt("cbc", KEY, block);
            assertTrue(failure(withSecret(Arrays.copyOf(whole, 48)), SHARED).contains(NOT_OPEN));
        }
        byte[] whole = Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes());
        for (int length : new int[] {0, 15, 16, 31, 33, 47}) {
            assertTrue(failure(withSecret(Arrays.copyOf(whole, length)), SHARED).contains(NOT_OPEN));
        }
        byte[] sixteen = new byte[32];
        sixteen[31] = 16;
        byte[] padded = Encrypted.encrypt("cbc", KEY, sixteen);
        assertEquals(
                OtpSecret.copyOf(new byte[16]),
                good(withSecret(Arrays.copyOf(padded, 48)), SHARED).secret());
        byte[] none = new byte[16];
        none[15] = 16;
        byte[] nothing = Encrypted.encrypt("cbc", KEY, none);
        assertTrue(bad(withSecret(Arrays.copyOf(nothing, 32)), SHARED).problem().contains("not 0"));
    }

    private static String withSecret(byte[] data) throws GeneralSecurityException {
        byte[] whole = Encrypted.encrypt("cbc", KEY, SECRET.exposeBytes());
        return with(Encrypted.file("cbc", KEY, "SHA256"), Encrypted.base64(whole), Encrypted.base64(data))
                .replaceFirst(
                        "<ValueMAC>.*</ValueMAC>",
                        "<ValueMAC>" + Encrypted.base64(Encrypted.mac("SHA256", Encrypted.MAC_KEY, data))
                                + "</ValueMAC>");
    }

    @Test
    void aKeyThatStaysInItsHsmIsBelieved() {
        SecretKey hidden = new HiddenKey("AES");
        assertTrue(failure(figure(6), PskcKey.preShared(hidden)).contains("The MAC key does not open"));
        assertThrows(
                IllegalArgumentException.class,
                () -> PskcWriter.open(new ByteArrayOutputStream(), PskcKey.preShared(hidden), new SecureRandom()));
    }

    @Test
    void keysShowNothingAndAreChecked() {
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
    void aPasswordIsCopiedAndCanBeDestroyed() {
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

    @Test
    void base64MayBeBroken() {
        assertEquals(20, Base64.getDecoder().decode("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=").length);
        String file = figure(6).replace("AAECAwQFBgcICQ", "AAEC\n\t AwQFBgcICQ");
        assertEquals(SECRET, good(file, SHARED).secret());
    }
}
