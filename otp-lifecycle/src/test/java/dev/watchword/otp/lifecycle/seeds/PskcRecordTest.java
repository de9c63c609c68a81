package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.one;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.read;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader returns every valid key package and reports the position of every invalid one. */
@Tag("R5.1")
class PskcRecordTest {
    private static final String SECRET_TEXT = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";
    private static final String NAMESPACE = " xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\"";

    @Test
    void readsEveryElement() {
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

    @ParameterizedTest
    @ValueSource(strings = {"1234 567", "", "１２３４５６７８", "é"})
    void rejectsAnInvalidSerialNumber(String serial) {
        BadRecord bad = bad(with(TOTP, "101199980021", serial));

        assertEquals("The serial number must be 1 to 64 printable ASCII characters without spaces", bad.problem());
        assertEquals("KeyContainer/KeyPackage/DeviceInfo/SerialNo", bad.place().path());
    }

    /** A file whose record is bad for another reason than its serial number. */
    private static final String BAD = with(TOTP, SECRET_TEXT, "?");

    @Test
    void showsTheStatedSerialNumberOnlyIfItIsPlain() {
        assertEquals(
                "306EUO4-00960",
                bad(with(BAD, "101199980021", " 306EUO4-00960 ")).place().serial());
        assertEquals(
                "x".repeat(40),
                bad(with(BAD, "101199980021", "x".repeat(40))).place().serial());
        assertNull(bad(with(BAD, "101199980021", "x".repeat(41))).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "a b")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "a&#10;b")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "\u202E21")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "a\u007F")).place().serial());
        assertNull(bad(with(TOTP, "101199980021", "")).place().serial());
        assertNull(bad(figure(2)).place().serial());
    }

    @Test
    void reportsABadRecordWithItsPlace() {
        BadRecord bad = bad(with(TOTP, SECRET_TEXT, "MTIzNA=="));

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
    void reportsEveryBadRecordBetweenGoodOnes() {
        String good = TOTP.substring(TOTP.indexOf("  <KeyPackage>"), TOTP.indexOf("</KeyContainer>"));
        String batch = with(
                TOTP, good, good + with(good, "99980021", "9998 0021") + good + with(good, SECRET_TEXT, "?") + good);

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
    void rejectsMalformedBase64WithoutShowingIt(String secret) {
        BadRecord bad = bad(with(TOTP, SECRET_TEXT, secret));

        assertEquals("PlainValue must be Base64 with padding (RFC 4648 §4)", bad.problem());
        assertFalse(bad.toString().contains("MTIz"));
    }

    @Test
    void acceptsASecretWithLineBreaksAndComments() {
        assertEquals(
                SECRET,
                good(with(TOTP, SECRET_TEXT, "\n  MTIzNDU2Nzg5\t<!-- c -->MDEyMzQ1\r\n<![CDATA[Njc4OTA=]]> "))
                        .secret());
        assertEquals(
                new SerialNumber("101199980021"),
                good(with(TOTP, "101199980021", "10119998<!-- 9 -->0021")).serial());
    }

    @Test
    void rejectsASecretShorterThanSixteenBytes() {
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
    void usesDefaultsForOptionalElements() {
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
    void boundsLabelsAndRejectsControlCharacters() {
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

    /** A misspelt policy would be a restriction that no reader detects. */
    @Test
    void rejectsAnUnknownElementOfPskc() {
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
                        "The element " + name
                                + " is unknown here and might be a misspelt restriction; correct or remove it",
                        bad(with(TOTP, end, element + end)).problem());
            }
        }
    }

    @Test
    void ignoresExtensionsOutsideThePolicy() {
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
    void rejectsARepeatedElement() {
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
            assertEquals(
                    name + " must occur once; remove the repetition", bad(twice).problem());
        }
        assertEquals(
                "PlainValue must occur once; remove the repetition",
                bad(with(TOTP, "<PlainValue>" + SECRET_TEXT, "<PlainValue/><PlainValue>" + SECRET_TEXT))
                        .problem());
    }

    @Test
    void rejectsMixedTextAndElements() {
        assertEquals(
                "Key must contain elements and no text",
                bad(with(TOTP, "<Issuer>", "x<Issuer>")).problem());
        assertEquals(
                "PlainValue must contain text and no elements",
                bad(with(TOTP, SECRET_TEXT, SECRET_TEXT + "<x/>")).problem());
    }

    @Test
    void rejectsAPlainValueWithACiphertextOrAMac() {
        assertEquals(
                "A value must have PlainValue or EncryptedValue, not both",
                bad(with(TOTP, "<PlainValue>" + SECRET_TEXT, "<EncryptedValue/><PlainValue>" + SECRET_TEXT))
                        .problem());
        assertEquals(
                "ValueMAC must not accompany PlainValue: only a MAC of an encrypted value can be verified",
                bad(with(TOTP, "</PlainValue></Secret>", "</PlainValue><ValueMAC>AA==</ValueMAC></Secret>"))
                        .problem());
    }

    @Test
    void acceptsAnyNamespacePrefix() {
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
