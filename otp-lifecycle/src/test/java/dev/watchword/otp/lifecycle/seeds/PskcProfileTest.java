package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.lifecycle.model.BadRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader accepts the parameters of HOTP and TOTP codes and rejects all others. */
@Tag("R5.1")
class PskcProfileTest {

    @ParameterizedTest
    @CsvSource({
        "urn:ietf:params:xml:ns:keyprov:pskc#totp",
        "http://www.ietf.org/keyprov/pskc#totp",
    })
    void acceptsTheAlgorithmNamesOfDrafts(String algorithm) {
        assertEquals(good(TOTP), good(with(TOTP, "urn:ietf:params:xml:ns:keyprov:pskc:totp", algorithm)));
        String hotp = figure(3);
        assertEquals(
                good(hotp),
                good(with(hotp, "urn:ietf:params:xml:ns:keyprov:pskc:hotp", algorithm.replace("totp", "hotp"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:xml:ns:keyprov:pskc:OCRA",
                "urn:ietf:params:xml:ns:keyprov:pskc#OCRA-2",
                "urn:ietf:params:xml:ns:keyprov:pskc:TOTP",
                "totp",
                ""
            })
    void rejectsAnotherAlgorithm(String algorithm) {
        BadRecord bad = bad(with(TOTP, "urn:ietf:params:xml:ns:keyprov:pskc:totp", algorithm));

        assertEquals("The attribute Algorithm of Key must be HOTP, TOTP or OCRA", bad.problem());
    }

    @ParameterizedTest
    @CsvSource({"HMAC-SHA1,SHA1", "SHA-1,SHA1", "HmacSHA256,SHA256", "HMAC_SHA512,SHA512", "sha512,SHA512"})
    void acceptsEverySpellingOfAHash(String suite, HmacAlgorithm algorithm) {
        SeedProfile.ForTotp totp = assertInstanceOf(
                SeedProfile.ForTotp.class,
                good(with(TOTP, "HMAC-SHA256", suite)).profile());
        assertEquals(algorithm, totp.profile().algorithm());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HMAC-MD5", "SHA224", "OCRA-1:HOTP-SHA1-6:C-QN08-PSHA1", "", "HMACHMACSHA1"})
    void rejectsAnUnknownHash(String suite) {
        assertEquals(
                "Suite must be HMAC-SHA1, HMAC-SHA256 or HMAC-SHA512",
                bad(with(TOTP, "HMAC-SHA256", suite)).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "10", "0", "-8", "", "8.0", "٨", "99999999999999999999"})
    void rejectsALengthOutOfRange(String length) {
        BadRecord bad = bad(with(TOTP, "Length=\"8\"", "Length=\"" + length + "\""));

        assertTrue(bad.problem().startsWith("Length must be a whole number "), bad.problem());
        assertEquals(
                "KeyContainer/KeyPackage/Key/AlgorithmParameters/ResponseFormat",
                bad.place().path());
    }

    @Test
    void acceptsSixToNineDigits() {
        for (int digits = 6; digits <= 9; digits++) {
            SeedProfile.ForTotp totp =
                    (SeedProfile.ForTotp) good(with(TOTP, "Length=\"8\"", "Length=\"" + digits + "\""))
                            .profile();
            assertEquals(digits, totp.profile().digits());
        }
    }

    @Test
    void rejectsCodesThatAreNotPlainDigits() {
        assertEquals(
                "Encoding must be DECIMAL (RFC 6030 §10.1)",
                bad(with(TOTP, "DECIMAL", "HEXADECIMAL")).problem());
        assertEquals(
                "Encoding must be DECIMAL (RFC 6030 §10.1)",
                bad(with(TOTP, "Encoding=\"DECIMAL\"", "")).problem());
        for (String name : List.of("CheckDigits", "CheckDigit")) {
            for (String value : List.of("true", "1", "yes", "")) {
                assertEquals(
                        name + " must be false: codes with check digits are not supported",
                        bad(with(TOTP, "Length=", name + "=\"" + value + "\" Length="))
                                .problem());
            }
            for (String value : List.of("false", "0")) {
                assertEquals(good(TOTP), good(with(TOTP, "Length=", name + "=\"" + value + "\" Length=")));
            }
        }
        assertEquals(
                "ResponseFormat has an unknown attribute; correct or remove it",
                bad(with(TOTP, "Length=", "Reversed=\"true\" Length=")).problem());
        assertEquals(
                "ChallengeFormat must be absent: a key for HOTP or TOTP codes has no challenge",
                bad(with(TOTP, "<Suite>", "<ChallengeFormat Encoding=\"DECIMAL\" Min=\"6\" Max=\"6\"/><Suite>"))
                        .problem());
    }

    @Test
    void rejectsTheAbsenceOfARequiredElement() {
        assertEquals(
                "AlgorithmParameters must contain the element ResponseFormat",
                bad(TOTP.replaceFirst("<ResponseFormat.*/>", "")).problem());
        assertEquals(
                "Key must contain the element AlgorithmParameters",
                bad(TOTP.replaceAll("(?s)<AlgorithmParameters>.*</AlgorithmParameters>", ""))
                        .problem());
        assertEquals(
                "Data must contain the element TimeInterval",
                bad(TOTP.replaceFirst("<TimeInterval>.*</TimeInterval>", "")).problem());
        assertEquals(
                "Data must contain the element Counter",
                bad(figure(3).replaceAll("(?s)<Counter>.*</Counter>", "")).problem());
        assertEquals(
                "Key must contain the element Data",
                bad(TOTP.replaceAll("(?s)<Data>.*</Data>", "")).problem());
        assertEquals(
                "KeyPackage must contain the element Key",
                bad(TOTP.replaceAll("(?s)<Key Id.*</Key>", "")).problem());
        assertEquals(
                "DeviceInfo must contain the element SerialNo",
                bad(TOTP.replaceFirst("<SerialNo>.*</SerialNo>", "")).problem());
        assertEquals(
                "Secret must contain the element PlainValue",
                bad(TOTP.replaceFirst("<Secret>.*</Secret>", "<Secret/>")).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3601", "1.5", "", "+60", "0x3C", "60s"})
    void rejectsATimeStepOutOfRange(String step) {
        BadRecord bad = bad(with(TOTP, ">60<", ">" + step + "<"));
        assertTrue(bad.problem().startsWith("TimeInterval must be a whole number"), bad.problem());
    }

    @Test
    void acceptsNumbersUpToTheirBounds() {
        for (long step : new long[] {1, 3600}) {
            SeedProfile.ForTotp totp = (SeedProfile.ForTotp)
                    good(with(TOTP, ">60<", "> " + step + "\n<")).profile();
            assertEquals(Duration.ofSeconds(step), totp.profile().timeStep());
        }
        String hotp = with(figure(3), "<PlainValue>0<", "<PlainValue>999999999999999999<");
        assertEquals(
                new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 8), 999_999_999_999_999_999L),
                good(hotp).profile());
        assertTrue(bad(with(figure(3), "<PlainValue>0<", "<PlainValue>1000000000000000000<"))
                .problem()
                .contains("18 digits"));
        assertTrue(bad(with(figure(3), "<PlainValue>0<", "<PlainValue>-1<"))
                .problem()
                .startsWith("Counter must be"));
        assertTrue(bad(with(TOTP, ">7<", ">-1<")).problem().startsWith("Time must be"));
        assertTrue(bad(with(TOTP, ">-2<", ">2147483648<")).problem().startsWith("TimeDrift must be"));
        assertTrue(bad(with(TOTP, ">-2<", ">-<")).problem().startsWith("TimeDrift must be"));
    }

    @Test
    void rejectsTimeForHotp() {
        for (String name : List.of("Time", "TimeInterval", "TimeDrift")) {
            String element = "<" + name + "><PlainValue>1</PlainValue></" + name + ">";
            assertEquals(
                    name + " has no meaning for the algorithm of this key; remove it, or correct Algorithm",
                    bad(with(figure(3), "<Counter>", element + "<Counter>")).problem());
        }
    }
}
