package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.OCRA_PACKAGE;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SIGNING;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.followed;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.preceded;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.read;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.BadRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader joins the two key packages of a token that also signs, and rejects every OCRA key that it cannot use. */
@Tag("R5.1")
@Tag("R13.2")
class PskcSigningTest {
    private static final String SUITE = "OCRA-1:HOTP-SHA256-8:C-QN10-T1M";
    private static final String URI = "urn:ietf:params:xml:ns:keyprov:pskc:ocra";
    private static final OtpSecret SIGNING_SECRET =
            OtpSecret.copyOf("09876543210987654321".getBytes(StandardCharsets.US_ASCII));
    private static final SeedSigning KEY = new SeedSigning(OcraSuite.parse(SUITE), SIGNING_SECRET, 5);
    private static final String ALONE =
            "The token has a key for signing and none for codes; put the KeyPackage of its HOTP"
                    + " or TOTP key directly before or after this one";

    /** A file whose suite has no time and no counter. */
    private static String plain(String suite) {
        return followed(TOTP, with(OCRA_PACKAGE, SUITE, suite).replaceAll("<(Counter|Time\\w*)>.*", ""));
    }

    private static String otherToken(String text) {
        return with(text, "101199980021", "101199980022");
    }

    private static String packages(String file) {
        return file.substring(file.indexOf("<KeyPackage>"), file.indexOf("</KeyContainer>"));
    }

    private static void assertBad(SeedRecord record, long index, String problem) {
        BadRecord bad = assertInstanceOf(SeedRecord.Bad.class, record).bad();
        assertEquals(problem, bad.problem());
        assertEquals(index, bad.place().index());
    }

    private static void assertGood(SeedRecord record, long index, boolean signs) {
        SeedRecord.Good good = assertInstanceOf(SeedRecord.Good.class, record, record::toString);
        assertEquals(signs, good.seed().signing() != null);
        assertEquals(index, good.place().index());
    }

    @Test
    void joinsTheTwoKeysOfATokenInEitherOrder() {
        Seed seed = good(SIGNING);

        assertEquals(KEY, seed.signing());
        assertEquals(SECRET, seed.secret());
        assertEquals(good(TOTP).profile(), seed.profile());
        assertEquals(good(TOTP).labels(), seed.labels());
        assertEquals(seed, good(preceded(TOTP, OCRA_PACKAGE)));
        assertNull(good(TOTP).signing());
    }

    @Test
    void appliesTheStrictestOfAllDates() {
        assertEquals(Instant.parse("2026-03-01T00:00:00Z"), good(SIGNING).startsAt());
        assertEquals(Instant.parse("2030-01-01T00:00:00Z"), good(SIGNING).expiresAt());
        Seed looser = good(with(with(SIGNING, "2026-03-01", "2025-03-01"), "2030-01-01", "2033-01-01"));
        assertEquals(good(TOTP).startsAt(), looser.startsAt());
        assertEquals(good(TOTP).expiresAt(), looser.expiresAt());
        BadRecord bad = bad(with(SIGNING, "2026-03-01", "2031-02-01"));
        assertEquals(
                "The hardware token would expire before it starts; correct StartDate or ExpiryDate", bad.problem());
        assertEquals(2, bad.place().index());
    }

    @Test
    void numbersTheRecordsByTheirKeyPackages() {
        String next = otherToken(packages(TOTP));
        List<SeedRecord> records = read(followed(preceded(TOTP, OCRA_PACKAGE), next), PskcKey.none());
        assertEquals(2, records.size());
        assertGood(records.get(0), 2, true);
        assertGood(records.get(1), 3, false);

        records = read(followed(SIGNING, next), PskcKey.none());
        assertGood(records.get(0), 1, true);
        assertGood(records.get(1), 3, false);
    }

    @Test
    void rejectsAKeyForSigningWithoutAnAdjacentKeyForCodes() {
        String only = TOTP.replaceAll("(?s)<KeyPackage>.*</KeyPackage>", OCRA_PACKAGE);
        assertBad(read(only, PskcKey.none()).get(0), 1, ALONE);

        List<SeedRecord> records = read(followed(TOTP, otherToken(packages(SIGNING)) + OCRA_PACKAGE), PskcKey.none());
        assertEquals(3, records.size());
        assertGood(records.get(0), 1, false);
        assertGood(records.get(1), 2, true);
        assertBad(records.get(2), 4, ALONE);
        assertEquals("101199980021", records.get(2).place().serial());
        assertEquals("KeyContainer/KeyPackage", records.get(2).place().path());
    }

    @Test
    void rejectsASecondKeyForSigning() {
        String problem =
                "The token has two keys for signing, and Watchword uses one; remove the KeyPackage of the other";
        List<SeedRecord> after = read(followed(SIGNING, OCRA_PACKAGE), PskcKey.none());
        assertGood(after.get(0), 1, true);
        assertBad(after.get(1), 3, problem);

        List<SeedRecord> before = read(preceded(TOTP, OCRA_PACKAGE + OCRA_PACKAGE), PskcKey.none());
        assertBad(before.get(0), 1, problem);
        assertGood(before.get(1), 3, true);

        List<SeedRecord> around = read(followed(preceded(TOTP, OCRA_PACKAGE), OCRA_PACKAGE), PskcKey.none());
        assertGood(around.get(0), 2, true);
        assertBad(around.get(1), 3, problem);
    }

    @Test
    void reportsOneProblemForTheTwoKeysOfAToken() {
        String twoBad = with(SIGNING, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "?").replace("MDk4NzY1NDMyMTA5ODc2NTQzMjE=", "?");
        BadRecord bad = bad(twoBad);
        assertEquals(1, bad.place().index());
        assertEquals(
                "KeyContainer/KeyPackage/Key/Data/Secret/PlainValue",
                bad.place().path());

        BadRecord second = bad(with(SIGNING, "MDk4NzY1NDMyMTA5ODc2NTQzMjE=", "MDk4"));
        assertEquals(2, second.place().index());
        assertTrue(second.problem().contains("16"), second.problem());
    }

    @Test
    void acceptsOneSecretForBothKeys() {
        Seed seed = good(with(SIGNING, "MDk4NzY1NDMyMTA5ODc2NTQzMjE=", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="));
        assertEquals(seed.secret(), requireNonNull(seed.signing()).secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:xml:ns:keyprov:pskc#ocra",
                "http://www.ietf.org/keyprov/pskc#ocra",
                "urn:ietf:params:xml:ns:keyprov:pskc#OCRA-1",
                "urn:ietf:params:xml:ns:keyprov:pskc#" + SUITE
            })
    void acceptsTheAlgorithmNamesOfDrafts(String algorithm) {
        assertEquals(KEY, good(with(SIGNING, URI, algorithm)).signing());
    }

    @Test
    void takesTheSuiteFromTheAlgorithmNameOfTheDraft() {
        String named = with(SIGNING, URI, "urn:ietf:params:xml:ns:keyprov:pskc#" + SUITE);
        assertEquals(KEY, good(with(named, "<Suite>" + SUITE + "</Suite>", "")).signing());
        int from = named.lastIndexOf("<AlgorithmParameters>");
        int to = named.lastIndexOf("</AlgorithmParameters>") + "</AlgorithmParameters>".length();
        assertEquals(KEY, good(named.substring(0, from) + named.substring(to)).signing());
        assertEquals(
                "Suite must be the suite that the attribute Algorithm of Key names",
                bad(with(named, "<Suite>" + SUITE, "<Suite>OCRA-1:HOTP-SHA256-8:C-QN08-T1M"))
                        .problem());
        assertEquals(
                "AlgorithmParameters must contain the element Suite",
                bad(with(SIGNING, "<Suite>" + SUITE + "</Suite>", "")).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OCRA-1:HOTP-SHA1-6:QN08-PSHA1", "OCRA-1:HOTP-SHA1-6:QN08-S064"})
    void rejectsASuiteWithAnInputThatIsNotStored(String suite) {
        assertEquals(
                "The suite has a PIN or session information, and Watchword stores neither; ask the maker for tokens with"
                        + " another suite",
                bad(with(SIGNING, SUITE, suite)).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OCRA-2:HOTP-SHA1-6:QN08", "HMAC-SHA1", "", "OCRA-1:HOTP-SHA1-3:QN08"})
    void rejectsAnInvalidSuite(String suite) {
        BadRecord bad = bad(with(SIGNING, SUITE, suite));
        assertTrue(bad.problem().startsWith("Suite must be an OCRA suite (RFC 6287 §6): "), bad.problem());
        assertEquals(
                "KeyContainer/KeyPackage/Key/AlgorithmParameters/Suite",
                bad.place().path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Max=\"10\" | Max=\"9\" | Max must be 10, as the suite states",
                "Max=\"10\" | Max=\"11\" | Max must be 10, as the suite states",
                "Max=\"10\" | Max=\"x\" | Max must be a whole number of at most 18 digits",
                "Min=\"4\" | Min=\"0\" | Min must be from 1 to 10, as the suite states",
                "Min=\"4\" | Min=\"11\" | Min must be from 1 to 10, as the suite states",
                "Encoding=\"DECIMAL\" Min | Encoding=\"HEXADECIMAL\" Min | Encoding must be DECIMAL, as the suite states",
                "Min=\"4\" | CheckDigits=\"true\" | CheckDigits must be false: challenges and responses with check digits are"
                        + " not supported",
                "Min=\"4\" | Other=\"1\" | ChallengeFormat has an unknown attribute; correct or remove it",
                "<ResponseFormat Length=\"8\" Encoding=\"DECIMAL\"/></AlgorithmParameters><Data>"
                        + "| <ResponseFormat Length=\"7\"/></AlgorithmParameters><Data>"
                        + "| Length must be 8, as the suite states",
                "<ResponseFormat Length=\"8\" Encoding=\"DECIMAL\"/></AlgorithmParameters><Data>"
                        + "| <ResponseFormat Encoding=\"HEXADECIMAL\"/></AlgorithmParameters><Data>"
                        + "| Encoding must be DECIMAL, as the suite states",
            })
    void rejectsAFormatThatContradictsTheSuite(String part, String replacement, String problem) {
        String file = followed(TOTP, OCRA_PACKAGE.replaceAll(">\\s+<", "><"));
        assertEquals(KEY, good(file).signing());
        assertEquals(problem, bad(with(file, part, replacement)).problem());
    }

    @Test
    void acceptsAFormatThatStatesNothingOrIsAbsent() {
        String challenge = "<ChallengeFormat Encoding=\"DECIMAL\" Min=\"4\" Max=\"10\"/>";
        assertEquals(KEY, good(with(SIGNING, challenge, "")).signing());
        assertEquals(KEY, good(with(SIGNING, challenge, "<ChallengeFormat/>")).signing());
        assertEquals(
                KEY,
                good(with(SIGNING, challenge, "<ChallengeFormat CheckDigits=\"false\"/>"))
                        .signing());
        String alone = OCRA_PACKAGE.replaceAll("<ResponseFormat.*/>", "");
        assertEquals(KEY, good(followed(TOTP, alone)).signing());
    }

    @Test
    void acceptsEveryFormOfChallengeAndResponse() {
        for (String[] each : List.of(
                new String[] {"OCRA-1:HOTP-SHA1-0:QA10", "ALPHANUMERIC", "HEXADECIMAL", "40"},
                new String[] {"OCRA-1:HOTP-SHA512-10:QH10", "HEXADECIMAL", "DECIMAL", "10"})) {
            String file = with(plain(each[0]), "Encoding=\"DECIMAL\" Min", "Encoding=\"" + each[1] + "\" Min");
            int response = file.lastIndexOf("<ResponseFormat");
            file = file.substring(0, response)
                    + file.substring(response)
                            .replaceFirst(
                                    "<ResponseFormat.*/>",
                                    "<ResponseFormat Length=\"" + each[3] + "\" Encoding=\"" + each[2] + "\"/>");
            assertEquals(
                    OcraSuite.parse(each[0]),
                    requireNonNull(good(file).signing()).suite());
        }
    }

    @Test
    void requiresTheCounterOfASuiteThatHasOne() {
        String counter = "<Counter><PlainValue>5</PlainValue></Counter>";
        String without = with(SIGNING, counter, "");
        assertEquals("Data must contain the element Counter", bad(without).problem());
        PskcOptions zero = PskcOptions.DEFAULT.withMissingCounterIsZero(true);
        SeedRecord.Good read = assertInstanceOf(
                SeedRecord.Good.class,
                all(PskcReader.open(stream(without), PskcKey.none(), zero)).get(0));
        assertEquals(0, requireNonNull(read.seed().signing()).counter());

        String uncounted = with(SIGNING, SUITE, "OCRA-1:HOTP-SHA256-8:QN10-T1M");
        assertEquals(
                "Counter must be 0, because the suite has no counter",
                bad(uncounted).problem());
        assertEquals(
                0, requireNonNull(good(with(uncounted, ">5<", ">0<")).signing()).counter());
        assertEquals(
                0, requireNonNull(good(with(uncounted, counter, "")).signing()).counter());
    }

    @Test
    void rejectsATimeThatContradictsTheSuite() {
        String step = "<TimeInterval><PlainValue>60</PlainValue></TimeInterval>\n        <TimeDrift><PlainValue>0";
        assertEquals(
                "TimeInterval must be 60, as the suite states",
                bad(with(SIGNING, step, with(step, "60", "30"))).problem());
        assertEquals(
                "TimeDrift must be 0, because Watchword stores no drift of a key for signing",
                bad(with(SIGNING, step, with(step, ">0", ">-1"))).problem());
        assertEquals(
                "Time has no meaning for the algorithm of this key; remove it, or correct Algorithm",
                bad(with(SIGNING, SUITE, "OCRA-1:HOTP-SHA256-8:C-QN10")).problem());
        assertEquals(
                "Time must be a whole number from 0 to 999999999999999999",
                bad(with(SIGNING, ">9<", ">-9<")).problem());
    }

    @Test
    void requiresAPolicyThatAllowsChallengeResponse() {
        assertEquals(
                "The policy does not allow challenge-response: KeyUsage must include CR",
                bad(with(SIGNING, "<KeyUsage>CR</KeyUsage></Policy>", "<KeyUsage>OTP</KeyUsage></Policy>"))
                        .problem());
        assertEquals(
                KEY,
                good(with(SIGNING, "<KeyUsage>CR</KeyUsage></Policy>", "</Policy>"))
                        .signing());
    }

    @Test
    void rejectsTwoManufacturersOfOneToken() {
        String other = OCRA_PACKAGE.replace("oath.AC", "Another");
        assertEquals(
                "The two keys of the token must state one Manufacturer; correct one",
                bad(followed(TOTP, other)).problem());
        assertEquals(
                KEY,
                good(followed(TOTP, OCRA_PACKAGE.replaceAll("<Manufacturer>.*</Manufacturer>", "")))
                        .signing());
    }

    @Test
    void joinsKeysUnderEverySourceOfSerialNumbers() {
        for (PskcSerial source : PskcSerial.values()) {
            PskcOptions options = PskcOptions.DEFAULT.withSerial(source);
            List<SeedRecord> records = all(PskcReader.open(stream(SIGNING), PskcKey.none(), options));
            List<SeedRecord> codes = all(PskcReader.open(stream(TOTP), PskcKey.none(), options));
            assertEquals(1, records.size());
            Seed seed = assertInstanceOf(SeedRecord.Good.class, records.get(0)).seed();
            assertEquals(KEY, seed.signing());
            assertEquals(((SeedRecord.Good) codes.get(0)).seed().serial(), seed.serial());
        }
        PskcOptions slots = PskcOptions.DEFAULT.withSerial(PskcSerial.DEVICE_AND_SLOT);
        String otherSlot = followed(TOTP, with(OCRA_PACKAGE, "<Id>CM</Id>", "<Id>CM2</Id>"));
        List<SeedRecord> records = all(PskcReader.open(stream(otherSlot), PskcKey.none(), slots));
        assertGood(records.get(0), 1, false);
        assertBad(records.get(1), 2, ALONE);
    }

    @Test
    void returnsTheRecordBeforeAFailure() {
        String cut = SIGNING.substring(0, SIGNING.lastIndexOf("</Key>"));
        SeedReader reader = PskcReader.open(stream(cut), PskcKey.none());
        assertGood(reader.next(), 1, false);
        assertThrows(SeedFileException.class, reader::hasNext);

        SeedReader late = PskcReader.open(stream(followed(TOTP, "<MACMethod/>")), PskcKey.none());
        assertGood(late.next(), 1, false);
        SeedFileException e = assertThrows(SeedFileException.class, late::hasNext);
        assertTrue(String.valueOf(e.getMessage()).contains("(record 1, line "), e.getMessage());
    }

    @Test
    void countsATokenWithTwoKeysAsOneRecord() {
        PskcOptions one = PskcOptions.DEFAULT.withLimits(SeedLimits.DEFAULT.withMaxRecords(1));
        assertEquals(
                1, all(PskcReader.open(stream(SIGNING), PskcKey.none(), one)).size());
    }

    @Test
    void readsTheSampleOfThePageOnStock() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "stock.md"));
        int from = page.indexOf("```xml\n") + "```xml\n".length();
        String sample = page.substring(from, page.indexOf("```", from));
        Seed seed = good("<KeyContainer Version=\"1.0\" xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\">" + sample
                + "</KeyContainer>");

        assertEquals(new SeedSigning(OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08"), SIGNING_SECRET, 0), seed.signing());
    }
}
