package dev.watchword.otp;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.RfcSecrets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link OcraSuite}: the parts of each form, the errors, and every change of one character. */
@Tag("R13.1")
class OcraSuiteTest {
    private static final String LONGEST = "OCRA-1:HOTP-SHA512-10:C-QN64-PSHA512-S512-T59M";

    @Test
    void hasThePartsOfItsText() {
        OcraSuite all = OcraSuite.parse(LONGEST);
        assertEquals(HmacAlgorithm.SHA512, all.algorithm());
        assertEquals(10, all.digits());
        assertEquals(10, all.responseLength());
        assertTrue(all.hasCounter());
        assertEquals(OcraChallengeFormat.NUMERIC, all.challengeFormat());
        assertEquals(64, all.challengeLength());
        assertEquals(Optional.of(HmacAlgorithm.SHA512), all.pinHash());
        assertEquals(512, all.sessionLength());
        assertEquals(Optional.of(Duration.ofMinutes(59)), all.timeStep());

        OcraSuite least = OcraSuite.parse("OCRA-1:HOTP-SHA1-0:QA04");
        assertEquals(HmacAlgorithm.SHA1, least.algorithm());
        assertEquals(0, least.digits());
        assertEquals(40, least.responseLength());
        assertEquals(false, least.hasCounter());
        assertEquals(OcraChallengeFormat.ALPHANUMERIC, least.challengeFormat());
        assertEquals(4, least.challengeLength());
        assertEquals(Optional.empty(), least.pinHash());
        assertEquals(0, least.sessionLength());
        assertEquals(Optional.empty(), least.timeStep());
        assertEquals(
                OcraChallengeFormat.HEXADECIMAL,
                OcraSuite.parse("OCRA-1:HOTP-SHA256-0:QH08").challengeFormat());
    }

    /** RFC 6287 §6.4 and the suites of App. C. The third example has one digit, although §6.3 has two. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OCRA-1:HOTP-SHA512-8:C-QN08-PSHA1",
                "OCRA-1:HOTP-SHA256-6:QA10-T1M",
                "OCRA-1:HOTP-SHA1-4:QH8-S512",
                "OCRA-1:HOTP-SHA1-6:QN08",
                "OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1",
                "OCRA-1:HOTP-SHA512-8:QA08-PSHA1",
                "OCRA-1:HOTP-SHA1-9:QN04-PSHA256-T48H",
                "OCRA-1:HOTP-SHA1-5:QN9-S064-T1S",
                LONGEST
            })
    void printsWhatItParsed(String text) {
        OcraSuite suite = OcraSuite.parse(text);

        assertEquals(text, suite.text());
        assertEquals(text, suite.toString());
        assertEquals(suite, OcraSuite.parse(suite.text()));
        assertEquals(suite.hashCode(), OcraSuite.parse(text).hashCode());
    }

    @Test
    void suitesOfDifferentTextsDiffer() {
        OcraSuite two = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QH08");
        OcraSuite one = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QH8");

        assertEquals(two.challengeLength(), one.challengeLength());
        assertNotEquals(two, one);
        assertNotEquals(
                Ocra.of(two, RfcSecrets.of(HmacAlgorithm.SHA1)).generate(OcraInput.of("1")),
                Ocra.of(one, RfcSecrets.of(HmacAlgorithm.SHA1)).generate(OcraInput.of("1")));
        assertNotEquals(two, (Object) two.text());
        assertNotEquals(two.hashCode(), one.hashCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                          | 1  | the suite must begin with OCRA-1:",
                "OCRA-2:HOTP-SHA1-6:QN08                     | 1  | the suite must begin with OCRA-1:",
                "ocra-1:HOTP-SHA1-6:QN08                     | 1  | the suite must begin with OCRA-1:",
                "OCRA-1:TOTP-SHA1-6:QN08                     | 8  | the crypto function must begin with HOTP-",
                "OCRA-1:HOTP-MD5-6:QN08                      | 13 | the hash function of the crypto function must be",
                "OCRA-1:HOTP-SHA384-6:QN08                   | 13 | the hash function of the crypto function must be",
                "OCRA-1:HOTP-SHA1:QN08                       | 17 | a hyphen and the number of digits must follow",
                "OCRA-1:HOTP-SHA1-:QN08                      | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-1:QN08                     | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-3:QN08                     | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-06:QN08                    | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-00:QN08                    | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-11:QN08                    | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-99999999999999999999:QN08  | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-4294967302:QN08            | 18 | the number of digits must be 0 or 4 to 10",
                "OCRA-1:HOTP-SHA1-6                          | 19 | a colon and the data input must follow",
                "OCRA-1:HOTP-SHA1-6-QN08                     | 19 | a colon and the data input must follow",
                "OCRA-1:HOTP-SHA1-6:                         | 20 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:C                        | 20 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:C-                       | 22 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:C-C-QN08                 | 22 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:QX08                     | 20 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:Q08                      | 20 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:PSHA1-QN08               | 20 | the challenge must be QN, QA or QH",
                "OCRA-1:HOTP-SHA1-6:QN                       | 22 | the length of the challenge must be 04 to 64",
                "OCRA-1:HOTP-SHA1-6:QN3                      | 22 | the length of the challenge must be 04 to 64",
                "OCRA-1:HOTP-SHA1-6:QN03                     | 22 | the length of the challenge must be 04 to 64",
                "OCRA-1:HOTP-SHA1-6:QN65                     | 22 | the length of the challenge must be 04 to 64",
                "OCRA-1:HOTP-SHA1-6:QN008                    | 22 | the length of the challenge must be 04 to 64",
                "OCRA-1:HOTP-SHA1-6:QN0٨                     | 22 | the length of the challenge must be 04 to 64",
                "OCRA-1:HOTP-SHA1-6:QN08-                    | 24 | only the parts -P, -S and -T may follow",
                "OCRA-1:HOTP-SHA1-6:QN08-C                   | 24 | only the parts -P, -S and -T may follow",
                "OCRA-1:HOTP-SHA1-6:QN08-T1M-PSHA1           | 28 | only the parts -P, -S and -T may follow",
                "OCRA-1:HOTP-SHA1-6:QN08-S064-S064           | 29 | only the parts -P, -S and -T may follow",
                "OCRA-1:HOTP-SHA1-6:QN08 PSHA1               | 24 | only the parts -P, -S and -T may follow",
                "OCRA-1:HOTP-SHA1-6:QN08:                    | 24 | only the parts -P, -S and -T may follow",
                "OCRA-1:HOTP-SHA1-6:QN08-P                   | 26 | the hash function of the PIN must be SHA1, SHA256 or",
                "OCRA-1:HOTP-SHA1-6:QN08-PSHA224             | 26 | the hash function of the PIN must be SHA1, SHA256 or",
                "OCRA-1:HOTP-SHA1-6:QN08-S64                 | 26 | the length of the session information must be 064 to",
                "OCRA-1:HOTP-SHA1-6:QN08-S063                | 26 | the length of the session information must be 064 to",
                "OCRA-1:HOTP-SHA1-6:QN08-S513                | 26 | the length of the session information must be 064 to",
                "OCRA-1:HOTP-SHA1-6:QN08-S0064               | 26 | the length of the session information must be 064 to",
                "OCRA-1:HOTP-SHA1-6:QN08-S                   | 26 | the length of the session information must be 064 to",
                "OCRA-1:HOTP-SHA1-6:QN08-T                   | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-TM                  | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T1                  | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T1D                 | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T0M                 | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T0H                 | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T01M                | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T60S                | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T60M                | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T49H                | 26 | the time step must be 1 to 59 followed by S or M",
                "OCRA-1:HOTP-SHA1-6:QN08-T1MM                | 28 | only the parts -P, -S and -T may follow",
            })
    void namesThePartAndThePositionOfAnError(String text, int position, String rule) {
        String message = requireNonNull(assertThrows(IllegalArgumentException.class, () -> OcraSuite.parse(text))
                .getMessage());

        assertTrue(
                message.startsWith("The OCRA suite is malformed at character " + position + ": " + rule),
                () -> text + " → " + message);
        assertTrue(message.contains("(RFC 6287 §"), message);
    }

    @Test
    void takesTheWholeRangeOfEachNumber() {
        for (int n = 4; n <= 64; n++) {
            assertEquals(n, OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN" + n).challengeLength());
        }
        for (int n = 64; n <= 512; n++) {
            String digits = n < 100 ? "0" + n : "" + n;
            assertEquals(
                    n, OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08-S" + digits).sessionLength());
        }
        for (int n = 1; n <= 59; n++) {
            assertEquals(Optional.of(Duration.ofSeconds(n)), step(n + "S"));
            assertEquals(Optional.of(Duration.ofMinutes(n)), step(n + "M"));
            String hours = n + "H";
            if (n <= 48) {
                assertEquals(Optional.of(Duration.ofHours(n)), step(hours));
            } else {
                assertThrows(IllegalArgumentException.class, () -> step(hours));
            }
        }
    }

    private static Optional<Duration> step(String part) {
        return OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08-T" + part).timeStep();
    }

    /** Every truncation, and every deletion, insertion and replacement of one character. */
    @ParameterizedTest
    @ValueSource(strings = {LONGEST, "OCRA-1:HOTP-SHA1-6:QN08", "OCRA-1:HOTP-SHA256-8:C-QA08-PSHA1-S064-T48H"})
    void aChangedTextIsRefusedOrIsAnotherSuite(String text) {
        OcraSuite original = OcraSuite.parse(text);
        Set<String> changed = new HashSet<>();
        for (int i = 0; i <= text.length(); i++) {
            changed.add(text.substring(0, i));
            for (char c = 0; c < 128; c++) {
                changed.add(text.substring(0, i) + c + text.substring(i));
                if (i < text.length()) {
                    changed.add(text.substring(0, i) + c + text.substring(i + 1));
                    changed.add(text.substring(0, i) + text.substring(i + 1));
                }
            }
        }
        changed.remove(text);
        int accepted = 0;
        for (String other : changed) {
            try {
                OcraSuite suite = OcraSuite.parse(other);
                assertEquals(other, suite.text());
                assertNotEquals(original, suite);
                accepted++;
            } catch (IllegalArgumentException e) {
                assertEquals(IllegalArgumentException.class, e.getClass());
            }
        }
        assertTrue(accepted > 5 && accepted < 300, accepted + " accepted");
    }

    @Test
    void generatesChallengesOfFullLengthThatUseAllCharacters() {
        SecureRandom random = new SecureRandom();
        for (OcraChallengeFormat format : OcraChallengeFormat.values()) {
            OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:Q" + format.letter() + "64");
            Set<Integer> first = new TreeSet<>();
            Set<Integer> rest = new TreeSet<>();
            for (int i = 0; i < 1000; i++) {
                String challenge = suite.randomChallenge(random);
                assertEquals(64, challenge.length());
                assertTrue(suite.isChallenge(challenge));
                first.add((int) challenge.charAt(0));
                challenge.substring(1).chars().forEach(rest::add);
            }
            int characters = switch (format) {
                case NUMERIC -> 10;
                case ALPHANUMERIC -> 62;
                case HEXADECIMAL -> 16;
            };
            assertEquals(characters, rest.size());
            assertEquals(format == OcraChallengeFormat.NUMERIC ? 9 : characters, first.size());
            assertEquals(format != OcraChallengeFormat.NUMERIC, first.contains((int) '0'));
        }
    }
}
