package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PSKC files as makers and programs write them. No leniency concerns a MAC, a signature or a policy. */
@Tag("R5.1")
class PskcRealFilesTest {
    private static final PskcKey SHARED = PskcKey.preShared(KEY);
    private static final String NAMED = "<EncryptionKey><ds:KeyName>k</ds:KeyName></EncryptionKey>";
    private static final String HOTP = "urn:ietf:params:xml:ns:keyprov:pskc:hotp";

    private static String file(String head, String... keyPackages) {
        return "<KeyContainer Version=\"1.0\" xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\""
                + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">"
                + head + String.join("", keyPackages) + "</KeyContainer>";
    }

    private static String device(String serial) {
        return "<DeviceInfo><Manufacturer>M</Manufacturer><SerialNo>" + serial + "</SerialNo></DeviceInfo>";
    }

    private static String key(String id, String algorithm, String data) {
        return "<Key Id=\"" + id + "\" Algorithm=\"" + algorithm
                + "\"><AlgorithmParameters><ResponseFormat Length=\"6\" Encoding=\"DECIMAL\"/></AlgorithmParameters><Data>"
                + data + "</Data></Key>";
    }

    private static String plain(String name, String value) {
        return "<" + name + "><PlainValue>" + value + "</PlainValue></" + name + ">";
    }

    private static String plainHotp(String id) {
        return key(id, HOTP, plain("Secret", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=") + plain("Counter", "3"));
    }

    private static String pack(String content) {
        return "<KeyPackage>" + content + "</KeyPackage>";
    }

    /** Returns an encrypted value, with a MAC unless the mode authenticates. */
    private static String encrypted(String name, String mode, byte[] open) throws GeneralSecurityException {
        byte[] data = Encrypted.encrypt(mode, KEY, open);
        String mac = mode.equals("cbc")
                ? "<ValueMAC>" + Encrypted.base64(Encrypted.mac("SHA1", Encrypted.MAC_KEY, data)) + "</ValueMAC>"
                : "";
        return "<" + name + "><EncryptedValue>" + Encrypted.cipherValue(mode, KEY, open) + "</EncryptedValue>" + mac
                + "</" + name + ">";
    }

    private static String macMethod(String algorithm) throws GeneralSecurityException {
        return "<MACMethod" + algorithm + "><MACKey>"
                + Encrypted.cipherValue("cbc", KEY, Encrypted.MAC_KEY.getEncoded()) + "</MACKey></MACMethod>";
    }

    private static String hmacSha1() throws GeneralSecurityException {
        return macMethod(" Algorithm=\"http://www.w3.org/2000/09/xmldsig#hmac-sha1\"");
    }

    private static Seed good(String xml, PskcOptions options) {
        List<SeedRecord> records = all(PskcReader.open(stream(xml), PskcKey.none(), options));
        assertEquals(1, records.size());
        return assertInstanceOf(SeedRecord.Good.class, records.get(0)).seed();
    }

    private static String problem(String xml, PskcOptions options) {
        List<SeedRecord> records = all(PskcReader.open(stream(xml), PskcKey.none(), options));
        return assertInstanceOf(SeedRecord.Bad.class, records.get(0)).bad().problem();
    }

    @ParameterizedTest
    @Tag("R5.6")
    @ValueSource(strings = {"2600000000017", "GALT00000017", "306EUO4-00017", "1"})
    void readsASerialNumberOfAnyForm(String serial) {
        assertEquals(
                new SerialNumber(serial),
                SeedFiles.good(with(TOTP, "101199980021", serial)).serial());
    }

    @ParameterizedTest
    @Tag("R5.6")
    @ValueSource(strings = {"26 17", "２６００", "26é"})
    void rejectsASerialNumberThatIsNotPrintableAscii(String serial) {
        assertTrue(bad(with(TOTP, "101199980021", serial))
                .problem()
                .startsWith("The serial number must be 1 to 64 printable ASCII characters"));
    }

    @Test
    void takesTheOneKeyThatIsGivenIfTheFileNamesNone() throws GeneralSecurityException {
        String data = encrypted("Secret", "cbc", SECRET.exposeBytes()) + plain("TimeInterval", "30");
        String xml = file(
                "<EncryptionKey/>" + hmacSha1(),
                pack(device("101199980021") + key("1", HOTP.replace("hotp", "totp"), data)));

        Seed seed = SeedFiles.good(xml, SHARED);
        assertEquals(SECRET, seed.secret());
        assertEquals(new SeedProfile.ForTotp(TotpProfile.AUTHENTICATOR_APP, 0, 0), seed.profile());
        assertTrue(failure(xml, PskcKey.password("qwerty".toCharArray())).contains("EncryptionKey must have KeyName"));
        assertTrue(failure(with(xml, "<EncryptionKey/>", ""), SHARED).contains("The file has no EncryptionKey"));
        assertTrue(failure(xml).contains("The file is encrypted"));
    }

    @Test
    void readsAnEmptyMacMethodIfTheCipherAuthenticates() throws GeneralSecurityException {
        byte[] secret = "1234567890123456".getBytes(StandardCharsets.US_ASCII);
        for (String mode : List.of("kw", "kwp", "gcm")) {
            String data = encrypted("Secret", mode, secret) + plain("Counter", "70000");
            for (String method : List.of("<MACMethod/>", macMethod(""), macMethod(" Algorithm=\"\""))) {
                Seed seed = SeedFiles.good(
                        file(NAMED + method, pack(device("101199980021") + key("1", HOTP, data))), SHARED);
                assertEquals(new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 6), 70_000), seed.profile());
            }
        }
    }

    /** A secret of 20 bytes requires padding, which programs apply under the URI without padding too. */
    @Test
    void readsAPaddedKeyWrapUnderTheUriWithoutPadding() throws GeneralSecurityException {
        String padded = encrypted("Secret", "kwp", SECRET.exposeBytes()) + plain("Counter", "70000");
        String data = with(padded, Encrypted.uri("kwp", 16), Encrypted.uri("kw", 16));
        String xml = file(NAMED + macMethod(""), pack(device("101199980021") + key("1", HOTP, data)));

        assertEquals(SECRET, SeedFiles.good(xml, SHARED).secret());
        String value = Encrypted.base64(Encrypted.encrypt("kwp", KEY, SECRET.exposeBytes()));
        String changed = with(xml, value, (value.startsWith("A") ? "B" : "A") + value.substring(1));
        assertTrue(failure(changed, SHARED).contains("The value cannot be decrypted"));
        PskcKey other = PskcKey.preShared(SeedFiles.aes("00".repeat(16)));
        assertTrue(failure(xml, other).contains("The value cannot be decrypted"));
    }

    @Test
    void readsAnEmptyMacMethodIfNothingIsEncrypted() {
        assertEquals(
                SECRET,
                SeedFiles.good(file("<MACMethod/>", pack(device("101199980021") + plainHotp("1"))))
                        .secret());
    }

    /** An empty MACMethod frees no value from its MAC, and makes no MAC right. */
    @Test
    void requiresAMacWithAnEmptyMacMethodIfTheCipherDoesNotAuthenticate() throws GeneralSecurityException {
        String withMac = encrypted("Secret", "cbc", SECRET.exposeBytes());
        String without = withMac.replaceFirst("<ValueMAC>.*</ValueMAC>", "");
        for (String method : List.of("<MACMethod/>", macMethod(""))) {
            assertTrue(bad(
                            file(NAMED + method, pack(device("1") + key("1", HOTP, without + plain("Counter", "0")))),
                            SHARED)
                    .problem()
                    .startsWith("ValueMAC is missing"));
            assertTrue(bad(
                            file(NAMED + method, pack(device("1") + key("1", HOTP, withMac + plain("Counter", "0")))),
                            SHARED)
                    .problem()
                    .startsWith("The file must have MACMethod"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {1, 30, 255, 256, 70_000, 16_777_216, 2_147_483_648L, 4_294_967_295L, 999_999_999_999_999_999L})
    void readsAnEncryptedCounterOfAnyLength(long counter) throws GeneralSecurityException {
        byte[] shortest = BigInteger.valueOf(counter).toByteArray();
        if (shortest[0] == 0) {
            shortest = Arrays.copyOfRange(shortest, 1, shortest.length);
        }
        for (int length = shortest.length; length <= Long.BYTES; length++) {
            byte[] open = new byte[length];
            System.arraycopy(shortest, 0, open, length - shortest.length, shortest.length);
            assertEquals(counter, counter(open), "in " + length + " bytes");
        }
        assertEquals(counter, counter(Long.toString(counter).getBytes(StandardCharsets.US_ASCII)));
    }

    private static long counter(byte[] open) throws GeneralSecurityException {
        String data = encrypted("Secret", "cbc", SECRET.exposeBytes()) + encrypted("Counter", "cbc", open);
        Seed seed =
                SeedFiles.good(file(NAMED + hmacSha1(), pack(device("101199980021") + key("1", HOTP, data))), SHARED);
        return ((SeedProfile.ForHotp) seed.profile()).counter();
    }

    @Test
    void readsEncryptedNumbersOfTotp() throws GeneralSecurityException {
        for (byte[] drift : List.of(new byte[] {-1, -1, -1, -2}, "-2".getBytes(StandardCharsets.US_ASCII))) {
            String data = encrypted("Secret", "cbc", SECRET.exposeBytes())
                    + encrypted("Time", "cbc", new byte[] {1, 0, 0})
                    + encrypted("TimeInterval", "cbc", new byte[] {60})
                    + encrypted("TimeDrift", "cbc", drift);
            Seed seed = SeedFiles.good(
                    file(NAMED + hmacSha1(), pack(device("1") + key("1", HOTP.replace("hotp", "totp"), data))), SHARED);
            assertEquals(
                    new SeedProfile.ForTotp(TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(60)), 65_536, -2),
                    seed.profile());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'must be encrypted as ASCII digits, or as an integer of 1 to 8 bytes'",
        "'1,2,3,4,5,6,7,8,9', 'must be encrypted as ASCII digits, or as an integer of 1 to 8 bytes'",
        "'-1,-1,-1,-1,-1,-1,-1,-1', 'must be a whole number from'",
        "'127,-1,-1,-1,-1,-1,-1,-1', 'must be a whole number from'"
    })
    void rejectsAnEncryptedCounterOutOfRange(String bytes, String problem) throws GeneralSecurityException {
        String data = encrypted("Secret", "cbc", SECRET.exposeBytes()) + encrypted("Counter", "cbc", bytes(bytes));

        assertTrue(bad(file(NAMED + hmacSha1(), pack(device("1") + key("1", HOTP, data))), SHARED)
                .problem()
                .startsWith("Counter " + problem));
    }

    @Test
    void rejectsANegativeDriftInALengthWithoutASign() throws GeneralSecurityException {
        String data = encrypted("Secret", "cbc", SECRET.exposeBytes())
                + plain("TimeInterval", "30")
                + encrypted("TimeDrift", "cbc", new byte[] {-2});

        assertTrue(bad(
                        file(NAMED + hmacSha1(), pack(device("1") + key("1", HOTP.replace("hotp", "totp"), data))),
                        SHARED)
                .problem()
                .startsWith("TimeDrift must be encrypted as ASCII digits, or in 4 or 8 bytes"));
    }

    private static byte[] bytes(String list) {
        if (list.isEmpty()) {
            return new byte[0];
        }
        String[] parts = list.split(",", -1);
        byte[] bytes = new byte[parts.length];
        IntStream.range(0, parts.length).forEach(i -> bytes[i] = Byte.parseByte(parts[i]));
        return bytes;
    }

    @Test
    void startsAtZeroWithoutACounterOnlyIfTheCallerAllowsIt() {
        String xml = file("", pack(device("1") + plainHotp("1").replace(plain("Counter", "3"), "")));

        assertEquals("Data must contain the element Counter", bad(xml).problem());
        PskcOptions options = PskcOptions.DEFAULT.withMissingCounterIsZero(true);
        assertEquals(0, ((SeedProfile.ForHotp) good(xml, options).profile()).counter());
        String stated = file("", pack(device("1") + plainHotp("1")));
        assertEquals(3, ((SeedProfile.ForHotp) good(stated, options).profile()).counter());
    }

    @Test
    void takesTheKeyIdAsSerialNumberOnlyIfTheCallerSaysSo() {
        String without = file("", pack(plainHotp("KEY-1")));
        PskcOptions options = PskcOptions.DEFAULT.withSerial(PskcSerial.DEVICE_OR_KEY_ID);

        assertEquals(
                "KeyPackage must contain the element DeviceInfo", bad(without).problem());
        assertEquals(new SerialNumber("KEY-1"), good(without, options).serial());
        assertEquals(
                new SerialNumber("KEY-1"),
                good(file("", pack("<DeviceInfo><Model>M</Model></DeviceInfo>" + plainHotp("KEY-1"))), options)
                        .serial());
        assertEquals(
                new SerialNumber("77"),
                good(file("", pack(device("77") + plainHotp("KEY-1"))), options).serial());
        assertTrue(problem(with(without, " Id=\"KEY-1\"", ""), options).contains("must have the attribute Id"));
    }

    @Test
    void tellsTheKeysOfOneDeviceApart() {
        String slots = file(
                "",
                pack(device("77") + "<CryptoModuleInfo><Id>1</Id></CryptoModuleInfo>" + plainHotp("A")),
                pack(device("77") + "<CryptoModuleInfo><Id>2</Id></CryptoModuleInfo>" + plainHotp("B")));

        assertEquals(List.of("77-A", "77-B"), serials(slots, PskcSerial.DEVICE_AND_KEY_ID));
        assertEquals(List.of("77-1", "77-2"), serials(slots, PskcSerial.DEVICE_AND_SLOT));
        assertTrue(problem(
                        file("", pack(device("77") + plainHotp("A"))),
                        PskcOptions.DEFAULT.withSerial(PskcSerial.DEVICE_AND_SLOT))
                .contains("an Id of CryptoModuleInfo"));
    }

    private static List<String> serials(String xml, PskcSerial serial) {
        return all(PskcReader.open(stream(xml), PskcKey.none(), PskcOptions.DEFAULT.withSerial(serial))).stream()
                .map(record -> ((SeedRecord.Good) record).seed().serial().value())
                .toList();
    }

    @Test
    void acceptsAPinThatTheDeviceChecks() {
        String local = "<PINPolicy PINUsageMode=\"Local\" MinLength=\"4\" MaxLength=\"8\" MaxFailedAttempts=\"9\"/>";
        String xml = with(TOTP, "<KeyUsage>OTP</KeyUsage>", local + "<KeyUsage>OTP</KeyUsage>");

        assertEquals(SECRET, SeedFiles.good(xml).secret());
        for (String wrong : List.of(
                with(xml, " PINUsageMode=\"Local\"", ""),
                with(xml, "\"Local\"", "\"local\""),
                with(xml, "\"Local\"", "\"Prepend\""),
                with(xml, "\"Local\"", "\"Algorithmic\""),
                with(xml, "MaxLength", "MostLength"),
                with(xml, "\"9\"/>", "\"9\"><Extra/></PINPolicy>"))) {
            assertTrue(bad(wrong).problem().contains("so the key must not be used (RFC 6030 §5)"), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.w3.org/2001/04/xmldsig-more#camellia128-cbc, Camellia",
        "http://www.w3.org/2001/04/xmlenc#tripledes-cbc, Triple DES",
        "http://www.w3.org/2001/04/xmlenc#kw-tripledes, Triple DES",
        "http://www.w3.org/2001/04/xmlenc#rsa_1_5, public key",
        "http://www.w3.org/2001/04/xmlenc#aes128-ctr, EncryptionMethod must be"
    })
    void rejectsACipherWithItsReason(String uri, String reason) throws GeneralSecurityException {
        String data = encrypted("Secret", "cbc", SECRET.exposeBytes()) + plain("Counter", "0");
        String xml = file(NAMED + hmacSha1(), pack(device("1") + key("1", HOTP, data)));
        int secret = xml.indexOf("<Secret>");
        String changed = xml.substring(0, secret)
                + with(xml.substring(secret), "http://www.w3.org/2001/04/xmlenc#aes128-cbc", uri);

        assertTrue(bad(changed, SHARED).problem().contains(reason), bad(changed, SHARED)::toString);
        assertTrue(failure(with(xml, "http://www.w3.org/2001/04/xmlenc#aes128-cbc", uri), SHARED)
                .contains(reason));
    }

    @Test
    void rejectsAKeyOfYubicosOwnPasswordsWithItsReason() {
        String xml = with(file("", pack(device("1") + plainHotp("1"))), HOTP, "http://www.yubico.com/#yubikey-aes");

        assertTrue(bad(xml).problem().startsWith("The key is for Yubico's own one-time passwords"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:xml:ns:keyprov:pskc:1.0",
                "urn:ietf:params:xml:ns:keyprov:container:1.0",
                "http://www.openauthentication.org/OATH/2006/10/PSKC#",
                "http://www.ietf.org/keyprov/pskc"
            })
    void rejectsADraftWithItsReason(String namespace) {
        String xml = with(TOTP, "\"urn:ietf:params:xml:ns:keyprov:pskc\"", "\"" + namespace + "\"");

        assertTrue(failure(xml).contains("follows a draft of PSKC from before RFC 6030"), failure(xml));
    }

    /** RFC 6030, figure 8, encrypts for the owner of a certificate. */
    @Test
    void rejectsPublicKeyEncryptionWithItsReason() {
        String xml = file(
                "<EncryptionKey><ds:X509Data><ds:X509Certificate>MIIB</ds:X509Certificate></ds:X509Data>"
                        + "</EncryptionKey>",
                pack(device("1") + plainHotp("1")));

        assertTrue(failure(xml, SHARED).contains("public-key encryption (RFC 6030 §6.3) is not supported"));
    }

    @Test
    void optionsAreValues() {
        PskcOptions options = PskcOptions.DEFAULT;
        List<PskcOptions> different = List.of(
                options,
                options.withSerial(PskcSerial.DEVICE_AND_SLOT),
                options.withMissingCounterIsZero(true),
                options.withLimits(SeedLimits.DEFAULT.withMaxRecords(1)));
        for (int i = 0; i < different.size(); i++) {
            for (int j = 0; j < different.size(); j++) {
                assertEquals(i == j, different.get(i).equals(different.get(j)));
            }
        }
        assertEquals(options, options.withMissingCounterIsZero(true).withMissingCounterIsZero(false));
        assertEquals(options.hashCode(), options.withSerial(PskcSerial.DEVICE).hashCode());
        assertNotEquals(options.toString(), different.get(1).toString());
        assertEquals(PskcSerial.DEVICE, options.serial());
        assertEquals(SeedLimits.DEFAULT, options.limits());
    }
}
