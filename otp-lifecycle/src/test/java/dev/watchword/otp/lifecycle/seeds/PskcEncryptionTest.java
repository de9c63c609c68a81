package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.aes;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.read;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader decrypts the values of every supported cipher and rejects all others (RFC 6030 §6). */
@Tag("R5.1")
class PskcEncryptionTest {
    private static final PskcKey SHARED = PskcKey.preShared(KEY);
    private static final String WRONG_MAC =
            "ValueMAC does not match: the value was changed, or the key or password is wrong";
    private static final String NOT_OPEN =
            "The value cannot be decrypted: it was changed, or the key or password is wrong";

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
    void decryptsWithEveryCipherAndMac(String mode, int keyLength, String hash) throws GeneralSecurityException {
        SecretKey key = aes("0f".repeat(keyLength));

        assertEquals(
                SECRET,
                good(Encrypted.file(mode, key, hash), PskcKey.preShared(key)).secret());
    }

    /** Uses the examples of RFC 3394 §4 with 128 bits of key data. */
    @ParameterizedTest
    @CsvSource({
        "000102030405060708090A0B0C0D0E0F,1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5",
        "000102030405060708090A0B0C0D0E0F1011121314151617,96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F,64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7"
    })
    void decryptsTheKeyWrapExamplesOfRfc3394(String key, String wrapped) throws GeneralSecurityException {
        byte[] secret = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");
        String file = Encrypted.file("kw", aes(key), "", secret);

        assertTrue(file.contains(Encrypted.base64(HexFormat.of().parseHex(wrapped))));
        assertEquals(
                OtpSecret.copyOf(secret),
                good(file, PskcKey.preShared(aes(key))).secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcm", "kw", "kwp"})
    void rejectsAChangedValueOfAnAuthenticatingCipher(String mode) throws GeneralSecurityException {
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
    void endsOnlyIfTheFirstValueCannotBeDecrypted() throws GeneralSecurityException {
        String file = Encrypted.file("cbc", KEY, "SHA256");
        String keyPackage = file.substring(file.indexOf("<KeyPackage>"), file.indexOf("</KeyContainer>"));
        String changed = keyPackage.replaceFirst("<ValueMAC>....", "<ValueMAC>AAAA");

        List<SeedRecord> records = read(with(file, keyPackage, keyPackage + changed + keyPackage), SHARED);

        assertEquals(3, records.size());
        assertTrue(records.get(0) instanceof SeedRecord.Good);
        assertEquals(WRONG_MAC, ((SeedRecord.Bad) records.get(1)).bad().problem());
        assertEquals(
                "KeyContainer/KeyPackage/Key/Data/Secret/ValueMAC",
                records.get(1).place().path());
        assertTrue(records.get(2) instanceof SeedRecord.Good);
        String message = failure(with(file, keyPackage, changed + keyPackage), SHARED);
        assertTrue(message.contains("(record 1, line "), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://www.w3.org/2001/04/xmlenc#aes128-ctr", "http://www.w3.org/2001/04/xmlenc#aes128-CBC", ""
            })
    void rejectsAnUnsupportedCipher(String uri) throws GeneralSecurityException {
        String file = Encrypted.file("gcm", KEY, "").replace(Encrypted.uri("gcm", 16), uri);
        assertEquals(
                "EncryptionMethod must be AES-CBC, AES-GCM or AES key wrap",
                bad(file, SHARED).problem());
        assertTrue(failure(Encrypted.file("cbc", KEY, "SHA1").replace(Encrypted.uri("cbc", 16), uri), SHARED)
                .contains("EncryptionMethod must be"));
        String none = Encrypted.file("gcm", KEY, "").replaceFirst("<xenc:EncryptionMethod [^>]*>", "");
        assertEquals(
                "EncryptedValue must contain the element EncryptionMethod",
                bad(none, SHARED).problem());
        String noAlgorithm = Encrypted.file("gcm", KEY, "")
                .replaceFirst("EncryptionMethod Algorithm=\"[^\"]*\"", "EncryptionMethod");
        assertTrue(bad(noAlgorithm, SHARED).problem().startsWith("EncryptionMethod must be"));
    }

    @Test
    void requiresTheHeadOnceAndBeforeTheKeyPackages() {
        String head = "<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>";
        assertTrue(failure(figure(6).replaceFirst("<EncryptionKey>", head + "$0"), SHARED)
                .contains("EncryptionKey is unknown here, repeated"));
        assertTrue(failure(figure(6).replaceFirst("<MACMethod ", "<MACMethod/>$0"), SHARED)
                .contains("MACMethod is unknown here, repeated"));
        String late = with(figure(6), "</KeyContainer>", head + "</KeyContainer>");
        assertTrue(failure(late, SHARED).contains("EncryptionKey is unknown here, repeated, or after a KeyPackage"));
    }

    @Test
    void decryptsNumbersFromDigitsOrBytes() throws GeneralSecurityException {
        assertEquals(42, counter("42".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(1234, counter("1234".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(258, counter(ByteBuffer.allocate(4).putInt(258).array()));
        assertEquals(1L << 40, counter(ByteBuffer.allocate(8).putLong(1L << 40).array()));
        for (byte[] wrong : List.of(new byte[9], new byte[0])) {
            assertEquals(
                    "Counter must be encrypted as ASCII digits, or as an integer of 1 to 8 bytes",
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

    /** A value can have a valid MAC and malformed padding if its manufacturer pads incorrectly. */
    @Test
    void rejectsMalformedPadding() throws GeneralSecurityException {
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
    void acceptsWhiteSpaceInBase64() {
        assertEquals(20, Base64.getDecoder().decode("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=").length);
        String file = figure(6).replace("AAECAwQFBgcICQ", "AAEC\n\t AwQFBgcICQ");
        assertEquals(SECRET, good(file, SHARED).secret());
    }
}
