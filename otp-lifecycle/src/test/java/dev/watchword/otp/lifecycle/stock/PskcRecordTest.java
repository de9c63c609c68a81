package dev.watchword.otp.lifecycle.stock;

import static dev.watchword.otp.lifecycle.stock.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.good;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.one;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.read;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R5.1")
class PskcRecordTest {
    private static final String SECRET_TEXT = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";
    private static final String NAMESPACE = " xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\"";

    @Test
    void everythingIsRead() {
        Seed seed = good(TOTP);

        assertEquals(new SerialNumber("101199980021"), seed.serial());
        assertEquals(SECRET, seed.secret());
        TotpProfile profile = TotpProfile.of(HmacAlgorithm.SHA256, 8, Duration.ofSeconds(60));
        assertEquals(new SeedProfile.ForTotp(profile, 7, -2), seed.profile());
        assertEquals(
                Map.ofEntries(
                        Map.entry(SeedLabel.MANUFACTURER, "oath.AC"),
                        Map.entry(SeedLabel.MODEL, "M"),
                        Map.entry(SeedLabel.ISSUE_NO, "1"),
                        Map.entry(SeedLabel.DEVICE_BINDING, "IMEI"),
                        Map.entry(SeedLabel.DEVICE_USER_ID, "CN=device"),
                        Map.entry(SeedLabel.CRYPTO_MODULE_ID, "CM"),
                        Map.entry(SeedLabel.KEY_ID, "K1"),
                        Map.entry(SeedLabel.ISSUER, "The issuer"),
                        Map.entry(SeedLabel.KEY_PROFILE_ID, "P"),
                        Map.entry(SeedLabel.KEY_REFERENCE, "R"),
                        Map.entry(SeedLabel.KEY_USER_ID, "CN=key")),
                seed.labels());
    }

    @Test
    void theStricterOfDeviceAndPolicyCounts() {
        assertEquals(Instant.parse("2026-01-31T15:00:00Z"), good(TOTP).startsAt());
        assertEquals(Instant.parse("2031-01-01T00:00:00Z"), good(TOTP).expiresAt());

        Seed other = good(with(with(TOTP, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"), "2032-", "2030-"));
        assertEquals(Instant.parse("2026-03-01T00:00:00Z"), other.startsAt());
        assertEquals(Instant.parse("2030-01-01T00:00:00Z"), other.expiresAt());
    }

    @Test
    void datesOfEitherAloneAreKept() {
        String noDevice = TOTP.replaceFirst("<StartDate>.*\n", "").replaceFirst("<ExpiryDate>.*\n", "");
        assertEquals(Instant.parse("2026-01-31T15:00:00Z"), good(noDevice).startsAt());
        assertEquals(Instant.parse("2032-01-01T00:00:00Z"), good(noDevice).expiresAt());

        String noPolicy = TOTP.replaceAll("(?s)<Policy>.*</Policy>", "");
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), good(noPolicy).startsAt());
        assertEquals(Instant.parse("2031-01-01T00:00:00Z"), good(noPolicy).expiresAt());

        String neither = noPolicy.replaceFirst("<StartDate>.*\n", "").replaceFirst("<ExpiryDate>.*\n", "");
        assertNull(good(neither).startsAt());
        assertNull(good(neither).expiresAt());
    }

    @Test
    void aFobThatWouldExpireBeforeItStartsIsRefused() {
        SeedRecord.Bad bad = bad(with(TOTP, "2032-01-01", "2026-01-15"));
        assertEquals("The fob would expire before it starts", bad.problem());
        assertEquals("KeyContainer/KeyPackage/Key/Policy", bad.place().path());

        String device = TOTP.replaceAll("(?s)<Policy>.*</Policy>", "");
        assertEquals(
                "KeyContainer/KeyPackage/Key",
                bad(with(device, "2031-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                        .place()
                        .path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-01",
                "2026-02-01T00:00:00",
                "2026-02-30T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "tomorrow",
                ""
            })
    void noDateIsGuessed(String date) {
        SeedRecord.Bad bad = bad(with(TOTP, "2026-02-01T00:00:00+09:00", date));

        assertTrue(bad.problem().startsWith("StartDate must be "), bad.problem());
        assertEquals("KeyContainer/KeyPackage/Key/Policy/StartDate", bad.place().path());
    }

    @Test
    void theFirstAndTheLastInstantAreTaken() {
        String always = with(
                with(TOTP, "2026-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
                "2026-02-01T00:00:00+09:00",
                "1970-01-01T00:00:00Z");
        assertEquals(Instant.EPOCH, good(always).startsAt());
        String late = with(
                with(TOTP, "2031-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
                "2032-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z");
        assertEquals(Instant.parse("9999-12-31T23:59:59Z"), good(late).expiresAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567", "1234567890123", "306EUO4-00960", "", "１２３４５６７８"})
    void aSerialNumberThatTheInstitutionCannotKeepIsRefused(String serial) {
        SeedRecord.Bad bad = bad(with(TOTP, "101199980021", serial));

        assertEquals("The serial number must be 8 to 12 ASCII digits", bad.problem());
        assertEquals("KeyContainer/KeyPackage/DeviceInfo/SerialNo", bad.place().path());
    }

    @Test
    void theStatedSerialIsShownIfItIsPlain() {
        assertEquals(
                "306EUO4-00960",
                bad(with(TOTP, "101199980021", " 306EUO4-00960 ")).place().serial());
        assertEquals(
                "x".repeat(40),
                bad(with(TOTP, "101199980021", "x".repeat(40))).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "x".repeat(41))).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "a&#10;b")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "\u202E21")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "a\u007F")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "")).place().serial());
        assertNull(bad(figure(2)).place().serial());
    }

    @Test
    void aBadRecordIsNamedWithItsPlace() {
        SeedRecord.Bad bad = bad(with(TOTP, SECRET_TEXT, "MTIzNA=="));

        assertEquals(new Place(1, "101199980021", 25, 17, "KeyContainer/KeyPackage/Key/Data/Secret"), bad.place());
        assertEquals(
                "A secret has 16 to 256 bytes, not 4 (RFC 4226 §4, R6) (record 1, serial 101199980021, line 25,"
                        + " column 17, KeyContainer/KeyPackage/Key/Data/Secret)",
                bad.toString());
        assertEquals(
                new Place(1, "101199980021", 2, 15, "KeyContainer/KeyPackage"),
                one(TOTP, PskcKey.none()).place());
    }

    @Test
    void everyBadRecordOfABatchIsReportedAmongTheGood() {
        String good = TOTP.substring(TOTP.indexOf("  <KeyPackage>"), TOTP.indexOf("</KeyContainer>"));
        String batch = with(TOTP, good, good + with(good, "99980021", "") + good + with(good, SECRET_TEXT, "?") + good);

        List<SeedRecord> records = read(batch, PskcKey.none());

        assertEquals(5, records.size());
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    i == 1 || i == 3 ? SeedRecord.Bad.class : SeedRecord.Good.class,
                    records.get(i).getClass());
            assertEquals(i + 1, records.get(i).place().index());
        }
        assertEquals("10119998", good(with(TOTP, "0021", "")).serial().value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA",
                "MTIzNDU2Nzg5MDEyMzQ1Njc4O===",
                "?TIzNDU2Nzg5MDEyMzQ1Njc4OTA=",
                "MTIzNDU2Nzg5MDEyMzQ1Njc4OT\u0141="
            })
    void aSecretThatIsNotBase64IsRefusedAndNotShown(String secret) {
        SeedRecord.Bad bad = bad(with(TOTP, SECRET_TEXT, secret));

        assertEquals("PlainValue must be Base64 with its padding (RFC 4648 §4)", bad.problem());
        assertFalse(bad.toString().contains("MTIz"));
    }

    @Test
    void aSecretMayBeBrokenAcrossLinesAndByComments() {
        assertEquals(
                SECRET,
                good(with(TOTP, SECRET_TEXT, "\n  MTIzNDU2Nzg5\t<!-- c -->MDEyMzQ1\r\n<![CDATA[Njc4OTA=]]> "))
                        .secret());
        assertEquals(
                new SerialNumber("101199980021"),
                good(with(TOTP, "101199980021", "10119998<!-- 9 -->0021")).serial());
    }

    @Test
    void secretsOfSixteenBytesAreTheShortest() {
        assertEquals(
                128,
                8
                        * good(with(TOTP, SECRET_TEXT, "MTIzNDU2Nzg5MDEyMzQ1Ng=="))
                                .secret()
                                .exposeBytes()
                                .length);
        assertTrue(
                bad(with(TOTP, SECRET_TEXT, "MTIzNDU2Nzg5MDEyMzQ1")).problem().contains("not 15"));
    }

    @Test
    void whatNeedNotBeThereIsZero() {
        Seed seed = good(TOTP.replaceFirst("<Time>.*\n", "")
                .replaceFirst("<TimeDrift>.*\n", "")
                .replaceFirst("<Suite>.*\n", "")
                .replaceFirst("(?s)<CryptoModuleInfo>.*?</CryptoModuleInfo>", "")
                .replaceFirst(" Id=\"K1\"", "")
                .replaceFirst("<Model>M</Model>", "<Model/>"));

        TotpProfile profile = TotpProfile.of(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(60));
        assertEquals(new SeedProfile.ForTotp(profile, 0, 0), seed.profile());
        assertFalse(seed.labels().containsKey(SeedLabel.CRYPTO_MODULE_ID));
        assertFalse(seed.labels().containsKey(SeedLabel.KEY_ID));
        assertFalse(seed.labels().containsKey(SeedLabel.MODEL));
    }

    @Test
    void labelsAreBoundedAndPlain() {
        assertEquals(
                "x".repeat(256),
                good(with(TOTP, "oath.AC", "x".repeat(256))).labels().get(SeedLabel.MANUFACTURER));
        assertTrue(
                bad(with(TOTP, "oath.AC", "x".repeat(257))).problem().startsWith("MANUFACTURER must have at most 256"));
        assertTrue(bad(with(TOTP, "oath.AC", "a&#10;b")).problem().startsWith("MANUFACTURER must have"));
        assertTrue(bad(with(TOTP, "Id=\"K1\"", "Id=\"" + "x".repeat(257) + "\""))
                .problem()
                .startsWith("KEY_ID must have"));
    }

    /** A misspelt policy is a restriction that nobody sees. */
    @Test
    void anUnknownElementOfPskcIsNotIgnored() {
        for (String element : List.of(
                "<Polcy/>", "<Policy xmlns=\"\"/>", "<Policy xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc:1.0\"/>")) {
            String name = element.startsWith("<Polcy") ? "Polcy" : "Policy";
            for (String end : List.of(
                    "</Key>",
                    "</KeyPackage>",
                    "</DeviceInfo>",
                    "</Data>",
                    "</AlgorithmParameters>",
                    "</CryptoModuleInfo>")) {
                assertEquals(
                        "The element " + name + " is unknown here, and must not be ignored",
                        bad(with(TOTP, end, element + end)).problem());
            }
        }
    }

    @Test
    void extensionsAreIgnoredOutsideOfThePolicy() {
        String extension = "<Extensions><x:Y xmlns:x=\"urn:x\">z</x:Y></Extensions><y:Policy xmlns:y=\"urn:y\"/>";
        for (String end : List.of(
                "</Key>",
                "</KeyPackage>",
                "</DeviceInfo>",
                "</Data>",
                "</AlgorithmParameters>",
                "</CryptoModuleInfo>",
                "</KeyContainer>")) {
            assertEquals(good(TOTP), good(with(TOTP, end, extension + end)));
        }
    }

    @Test
    void nothingStandsTwice() {
        for (String name : List.of(
                "SerialNo",
                "Secret",
                "Issuer",
                "TimeInterval",
                "ResponseFormat",
                "Id",
                "DeviceInfo",
                "Key",
                "Policy")) {
            String twice = TOTP.replaceFirst("<" + name + "[ />]", "<" + name + NAMESPACE + "/>$0");
            assertEquals(name + " must stand once", bad(twice).problem());
        }
        assertEquals(
                "PlainValue must stand once",
                bad(with(TOTP, "<PlainValue>" + SECRET_TEXT, "<PlainValue/><PlainValue>" + SECRET_TEXT))
                        .problem());
    }

    @Test
    void textAndElementsDoNotMix() {
        assertEquals(
                "Key must have elements and no text",
                bad(with(TOTP, "<Issuer>", "x<Issuer>")).problem());
        assertEquals(
                "PlainValue must have text and no elements",
                bad(with(TOTP, SECRET_TEXT, SECRET_TEXT + "<x/>")).problem());
    }

    @Test
    void aValueIsPlainOrEncryptedAndAPlainOneHasNoMac() {
        assertEquals(
                "A value is plain or encrypted, not both",
                bad(with(TOTP, "<PlainValue>" + SECRET_TEXT, "<EncryptedValue/><PlainValue>" + SECRET_TEXT))
                        .problem());
        assertEquals(
                "A MAC of a plain value cannot be verified",
                bad(with(TOTP, "</PlainValue></Secret>", "</PlainValue><ValueMAC>AA==</ValueMAC></Secret>"))
                        .problem());
    }

    @Test
    void prefixesDoNotMatter() {
        String prefixed = TOTP.replaceAll("<(/?)(\\w)", "<$1p:$2").replace("xmlns=", "xmlns:p=");
        assertEquals(good(TOTP), good(prefixed));
    }

    @Test
    void showsNoSecretAndNoUser() {
        SeedRecord record = one(TOTP, PskcKey.none());

        assertFalse(record.toString().contains("MTIz"));
        assertFalse(record.toString().contains("CN="));
        assertTrue(record.toString().contains("Seed[101199980021, ForTotp["));
    }
}
