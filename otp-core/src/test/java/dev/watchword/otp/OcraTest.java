package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.DefaultLocale;
import dev.watchword.otp.support.FakeHsm;
import dev.watchword.otp.support.OpaqueKey;
import dev.watchword.otp.support.RfcSecrets;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link Ocra}: the published vectors, the windows of a verification, and the forms of responses and keys. */
@Tag("R13.1")
class OcraTest {
    /** The instant of the time step 132d0b6 of the vectors. */
    private static final Instant PUBLISHED = Instant.parse("2008-03-25T12:06:30Z");

    private static final OcraVerification.Matched CHALLENGE_ONLY =
            new OcraVerification.Matched(OptionalLong.empty(), OptionalLong.empty(), 0);

    private final FakeHsm hsm = new FakeHsm();

    @AfterEach
    void uninstallTheHsm() {
        Security.removeProvider(hsm.getName());
    }

    private static Ocra ocra(String text) {
        OcraSuite suite = OcraSuite.parse(text);
        return Ocra.of(suite, RfcSecrets.of(suite.algorithm()));
    }

    private static OcraVerification.Matched counter(long counter) {
        return new OcraVerification.Matched(OptionalLong.of(counter), OptionalLong.empty(), 0);
    }

    private static OcraVerification.Matched step(long step, int drift) {
        return new OcraVerification.Matched(OptionalLong.empty(), OptionalLong.of(step), drift);
    }

    private static void generatesAndVerifies(
            String published, Ocra ocra, OcraInput input, OcraVerification.Matched expected) {
        assertEquals(published, ocra.generate(input));
        assertEquals(expected, ocra.verify(published, input));
    }

    /** RFC 6287 App. C.1, the first suite. */
    @ParameterizedTest
    @CsvSource({
        "0, 237653", "1, 243178", "2, 653583", "3, 740991", "4, 608993",
        "5, 388898", "6, 816933", "7, 224598", "8, 750600", "9, 294470"
    })
    void generatesThePublishedResponsesOfAChallenge(String digit, String published) {
        generatesAndVerifies(published, ocra("OCRA-1:HOTP-SHA1-6:QN08"), OcraInput.of(digit.repeat(8)), CHALLENGE_ONLY);
    }

    /** RFC 6287 App. C.1, the second suite. */
    @ParameterizedTest
    @CsvSource({
        "0, 65347737", "1, 86775851", "2, 78192410", "3, 71565254", "4, 10104329",
        "5, 65983500", "6, 70069104", "7, 91771096", "8, 75011558", "9, 08522129"
    })
    void generatesThePublishedResponsesWithCounterAndPin(long counter, String published) {
        generatesAndVerifies(
                published,
                ocra("OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1"),
                OcraInput.of("12345678").withCounter(counter).withPin("1234"),
                counter(counter));
    }

    /** RFC 6287 App. C.1, the third suite. */
    @ParameterizedTest
    @CsvSource({"0, 83238735", "1, 01501458", "2, 17957585", "3, 86776967", "4, 86807031"})
    void generatesThePublishedResponsesWithAPin(String digit, String published) {
        generatesAndVerifies(
                published,
                ocra("OCRA-1:HOTP-SHA256-8:QN08-PSHA1"),
                OcraInput.of(digit.repeat(8)).withPin("1234"),
                CHALLENGE_ONLY);
    }

    /** RFC 6287 App. C.1, the fourth suite. */
    @ParameterizedTest
    @CsvSource({
        "0, 07016083", "1, 63947962", "2, 70123924", "3, 25341727", "4, 33203315",
        "5, 34205738", "6, 44343969", "7, 51946085", "8, 20403879", "9, 31409299"
    })
    void generatesThePublishedResponsesWithACounter(String digit, String published) {
        long counter = Long.parseLong(digit);
        generatesAndVerifies(
                published,
                ocra("OCRA-1:HOTP-SHA512-8:C-QN08"),
                OcraInput.of(digit.repeat(8)).withCounter(counter),
                counter(counter));
    }

    /** RFC 6287 App. C.1, the fifth suite. Erratum 3899: the published time step is hexadecimal. */
    @ParameterizedTest
    @CsvSource({"0, 95209754", "1, 55907591", "2, 22048402", "3, 24218844", "4, 36209546"})
    void generatesThePublishedResponsesWithATimestamp(String digit, String published) {
        generatesAndVerifies(
                published,
                ocra("OCRA-1:HOTP-SHA512-8:QN08-T1M"),
                OcraInput.of(digit.repeat(8)).withTime(PUBLISHED),
                step(0x132d0b6, 0));
    }

    /** RFC 6287 App. C.2, the first pair of responses. */
    @ParameterizedTest
    @CsvSource({
        "0, 28247970, 15510767",
        "1, 01984843, 90175646",
        "2, 65387857, 33777207",
        "3, 03351211, 95285278",
        "4, 83412541, 28934924"
    })
    void generatesThePublishedMutualResponses(String digit, String ofServer, String ofClient) {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA256-8:QA08");
        String client = "CLI2222" + digit;
        String server = "SRV1111" + digit;

        generatesAndVerifies(ofServer, ocra, OcraInput.ofServer(client, server), CHALLENGE_ONLY);
        generatesAndVerifies(ofClient, ocra, OcraInput.ofClient(client, server), CHALLENGE_ONLY);
        assertEquals(OcraVerification.WRONG, ocra.verify(ofServer, OcraInput.ofClient(client, server)));
    }

    /** RFC 6287 App. C.2, the second pair of responses. Only the client's suite has a PIN. */
    @ParameterizedTest
    @CsvSource({
        "0, 79496648, 18806276",
        "1, 76831980, 70020315",
        "2, 12250499, 01600026",
        "3, 90856481, 18951020",
        "4, 12761449, 32528969"
    })
    void generatesThePublishedMutualResponsesWithAPin(String digit, String ofServer, String ofClient) {
        String client = "CLI2222" + digit;
        String server = "SRV1111" + digit;

        generatesAndVerifies(
                ofServer, ocra("OCRA-1:HOTP-SHA512-8:QA08"), OcraInput.ofServer(client, server), CHALLENGE_ONLY);
        generatesAndVerifies(
                ofClient,
                ocra("OCRA-1:HOTP-SHA512-8:QA08-PSHA1"),
                OcraInput.ofClient(client, server).withPin("1234"),
                CHALLENGE_ONLY);
    }

    /** RFC 6287 App. C.3, the first suite. */
    @ParameterizedTest
    @CsvSource({
        "SIG10000, 53095496",
        "SIG11000, 04110475",
        "SIG12000, 31331128",
        "SIG13000, 76028668",
        "SIG14000, 46554205"
    })
    void generatesThePublishedSignatures(String signed, String published) {
        generatesAndVerifies(published, ocra("OCRA-1:HOTP-SHA256-8:QA08"), OcraInput.of(signed), CHALLENGE_ONLY);
    }

    /** RFC 6287 App. C.3, the second suite. */
    @ParameterizedTest
    @CsvSource({
        "SIG1000000, 77537423",
        "SIG1100000, 31970405",
        "SIG1200000, 10235557",
        "SIG1300000, 95213541",
        "SIG1400000, 65360607"
    })
    void generatesThePublishedSignaturesWithATimestamp(String signed, String published) {
        generatesAndVerifies(
                published,
                ocra("OCRA-1:HOTP-SHA512-8:QA10-T1M"),
                OcraInput.of(signed).withTime(PUBLISHED),
                step(0x132d0b6, 0));
    }

    @Test
    void aPinAndItsHashAreOneInput() {
        byte[] sha1OfPin = HexFormat.of().parseHex("7110eda4d09e062aa5e4a390b0a572ac0d2c0220");

        OcraInput input = OcraInput.of("00000000").withPinHash(sha1OfPin);
        sha1OfPin[0] = 0;

        assertEquals("83238735", ocra("OCRA-1:HOTP-SHA256-8:QN08-PSHA1").generate(input));
        assertEquals("83238735", ocra("OCRA-1:HOTP-SHA256-8:QN08-PSHA1").generate(input));
    }

    /** The number of digits is part of the message, so each suite has another HMAC. */
    @Test
    void aResponseHasTheExactNumberOfDigits() {
        OcraInput input = OcraInput.of("00000000");
        for (int digits = 4; digits <= 10; digits++) {
            OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-" + digits + ":QN08");
            String response = ocra(suite.text()).generate(input);

            assertEquals(digits, response.length());
            assertTrue(suite.isResponse(response));
            assertEquals(CHALLENGE_ONLY, ocra(suite.text()).verify(response, input));
            assertEquals(OcraVerification.MALFORMED, ocra(suite.text()).verify(response + "0", input));
            assertEquals(OcraVerification.MALFORMED, ocra(suite.text()).verify(response.substring(1), input));
        }
    }

    /** A truncated HMAC is at most 2147483647, which an int cannot exceed and a comparison of numbers might wrap to. */
    @Test
    void verifiesTenDigitsWithoutOverflow() {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA1-10:QN08");
        OcraInput input = OcraInput.of("00000000");
        String response = ocra.generate(input);

        long sameInt = Long.parseLong(response) + (1L << Integer.SIZE);
        assertEquals(10, Long.toString(sameInt).length());
        assertEquals(OcraVerification.WRONG, ocra.verify(Long.toString(sameInt), input));
        assertTrue(response.charAt(0) <= '2');
    }

    @Test
    void withoutTruncationTheResponseIsTheHmacInHexadecimal() throws Exception {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            String suite = "OCRA-1:HOTP-" + algorithm + "-0:QN08";
            byte[] message = Arrays.copyOf(suite.getBytes(StandardCharsets.US_ASCII), suite.length() + 1 + 128);
            message[suite.length() + 1] = 0x12; // 4660 is 0x1234
            message[suite.length() + 2] = 0x34;
            Mac mac = Mac.getInstance(algorithm.macName());
            mac.init(new SecretKeySpec(RfcSecrets.of(algorithm).exposeBytes(), algorithm.macName()));
            String expected = HexFormat.of().formatHex(mac.doFinal(message));

            OcraInput input = OcraInput.of("4660");
            assertEquals(expected, ocra(suite).generate(input));
            assertEquals(CHALLENGE_ONLY, ocra(suite).verify(expected, input));
            assertEquals(CHALLENGE_ONLY, ocra(suite).verify(expected.toUpperCase(Locale.ROOT), input));
            assertEquals(
                    OcraVerification.WRONG,
                    ocra(suite).verify((expected.charAt(0) == '0' ? "1" : "0") + expected.substring(1), input));
            assertEquals(OcraVerification.MALFORMED, ocra(suite).verify(expected.substring(2), input));
            assertEquals(OcraVerification.MALFORMED, ocra(suite).verify("g" + expected.substring(1), input));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "23765", "2376530", "+23765", " 37653", "2376５3", "23765a", "٢٣٧٦٥٣", "237653 ", "-37653", "23765/",
                "23765:"
            })
    void reportsOtherTextAsMalformedWithoutTheSecret(String text) {
        OtpSecret secret = RfcSecrets.of(HmacAlgorithm.SHA1);
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08");
        Ocra ocra = Ocra.of(suite, secret);
        secret.destroy();

        assertEquals(OcraVerification.MALFORMED, ocra.verify(text, OcraInput.of("00000000")));
        assertFalse(suite.isResponse(text));
    }

    /** The characters beside the digits and the letters in ASCII. */
    @Test
    void acceptsHexadecimalDigitsOnlyForAFullHmac() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-0:QN08");
        for (char c = 0; c < 200; c++) {
            assertEquals("0123456789abcdefABCDEF".indexOf(c) >= 0, suite.isResponse("0".repeat(39) + c));
        }
    }

    @Test
    void doesNotDependOnTheLocale() {
        for (String locale : new String[] {"ar-EG-u-nu-arab", "tr-TR", "fa-IR"}) {
            DefaultLocale.during(locale, () -> {
                assertEquals("237653", ocra("OCRA-1:HOTP-SHA1-6:QN08").generate(OcraInput.of("00000000")));
                assertEquals("53095496", ocra("OCRA-1:HOTP-SHA256-8:QA08").generate(OcraInput.of("SIG10000")));
            });
        }
    }

    @Test
    void looksAheadFromTheNextCounterAndNeverBack() {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1");
        OcraInput input = OcraInput.of("12345678").withPin("1234");
        OcraWindow three = OcraWindow.EXACT.withLookAhead(3);

        assertEquals(counter(5), ocra.verify("65983500", input.withCounter(2), three));
        assertEquals(counter(5), ocra.verify("65983500", input.withCounter(5), three));
        assertEquals(OcraVerification.WRONG, ocra.verify("65983500", input.withCounter(1), three));
        assertEquals(OcraVerification.WRONG, ocra.verify("65983500", input.withCounter(6), three));
        assertEquals(OcraVerification.WRONG, ocra.verify("65983500", input.withCounter(4)));
    }

    @Test
    void theSearchEndsAtTheLargestCounter() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-10:C-QN08");
        Ocra ocra = Ocra.of(suite, new OpaqueKey("HmacSHA1"), hsm);
        OcraInput last = OcraInput.of("1").withCounter(Long.MAX_VALUE);
        OcraWindow window = OcraWindow.EXACT.withLookAhead(2);
        String response = ocra.generate(last);
        int before = hsm.evaluations();

        assertEquals(counter(Long.MAX_VALUE), ocra.verify(response, last, window));
        assertEquals(before + 1, hsm.evaluations());
        assertEquals(counter(Long.MAX_VALUE), ocra.verify(response, last.withCounter(Long.MAX_VALUE - 2), window));
        assertEquals(before + 1 + 3, hsm.evaluations());
    }

    @ParameterizedTest
    @CsvSource({"T1S, 1", "T59S, 59", "T1M, 60", "T59M, 3540", "T1H, 3600", "T48H, 172800"})
    void countsTheStepsOfItsTimeStep(String part, long seconds) {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA1-10:QN08-" + part);
        Instant begin = Instant.EPOCH.plusSeconds(10_000 * seconds);
        String response = ocra.generate(OcraInput.of("1").withTime(begin));

        OcraInput lastInstant =
                OcraInput.of("1").withTime(begin.plusSeconds(seconds).minusNanos(1));
        OcraInput next = OcraInput.of("1").withTime(begin.plusSeconds(seconds));
        OcraInput before = OcraInput.of("1").withTime(begin.minusNanos(1));
        assertEquals(step(10_000, 0), ocra.verify(response, lastInstant));
        assertEquals(OcraVerification.WRONG, ocra.verify(response, next));
        OcraWindow window = OcraWindow.EXACT.withSteps(TotpWindow.ONE_STEP);
        assertEquals(step(10_000, -1), ocra.verify(response, next, window));
        assertEquals(step(10_000, 1), ocra.verify(response, before, window));
        assertEquals(
                step(10_000, 20),
                ocra.verify(
                        response,
                        OcraInput.of("1").withTime(begin.minusSeconds(20 * seconds)),
                        window.withSteps(TotpWindow.ONE_STEP.withDrift(21))));
    }

    @Test
    void stepsBefore1970AreCountedByFloorDivision() {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA1-10:QN08-T1M");
        String response = ocra.generate(OcraInput.of("1").withTime(Instant.ofEpochSecond(-1)));

        assertEquals(step(-1, 0), ocra.verify(response, OcraInput.of("1").withTime(Instant.ofEpochSecond(-60))));
    }

    @Test
    void findsACounterAndAStepTogether() {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA1-10:C-QN08-T1M");
        OcraInput input = OcraInput.of("1").withCounter(7).withTime(PUBLISHED);
        OcraWindow window = OcraWindow.EXACT.withLookAhead(5).withSteps(new TotpWindow(2, 1));
        for (int ahead = -1; ahead <= 6; ahead++) {
            for (int drift = -3; drift <= 2; drift++) {
                String response =
                        ocra.generate(input.withCounter(7 + ahead).withTime(PUBLISHED.plus(Duration.ofMinutes(drift))));
                boolean compared = 0 <= ahead && ahead <= 5 && -2 <= drift && drift <= 1;
                assertEquals(
                        compared
                                ? new OcraVerification.Matched(
                                        OptionalLong.of(7 + ahead), OptionalLong.of(0x132d0b6 + drift), drift)
                                : OcraVerification.WRONG,
                        ocra.verify(response, input, window));
            }
        }
    }

    /** A right response costs as much as a wrong one, at each place of the window. */
    @Test
    void alwaysComputesTheWholeWindow() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08-T1M");
        Ocra ocra = Ocra.of(suite, new OpaqueKey("HmacSHA1"), hsm);
        OcraInput input = OcraInput.of("1").withCounter(0).withTime(PUBLISHED);
        OcraWindow window = OcraWindow.EXACT.withLookAhead(4).withSteps(new TotpWindow(1, 2, 7));
        String[] entered = IntStream.rangeClosed(0, 5)
                .mapToObj(counter -> ocra.generate(input.withCounter(counter)))
                .toArray(String[]::new);

        for (String response : entered) {
            int before = hsm.evaluations();
            ocra.verify(response, input, window);
            assertEquals(before + 5 * 8, hsm.evaluations());
        }
    }

    /** Of 888 responses of four digits, some are equal. */
    @Test
    void theLowestCounterAndThenTheExpectedStepWin() {
        Ocra ocra = ocra("OCRA-1:HOTP-SHA1-4:C-QN08-T1M");
        OcraInput input = OcraInput.of("1").withCounter(0).withTime(PUBLISHED);
        OcraWindow window = new OcraWindow(36, new TotpWindow(10, 10, 3));
        Map<String, OcraVerification> first = new LinkedHashMap<>();
        Map<String, OcraVerification> again = new LinkedHashMap<>();
        for (int ahead = 0; ahead <= 36; ahead++) {
            for (int drift : window.steps().order()) {
                OcraInput at = input.withCounter(ahead).withTime(PUBLISHED.plus(Duration.ofMinutes(drift)));
                OcraVerification place =
                        new OcraVerification.Matched(OptionalLong.of(ahead), OptionalLong.of(0x132d0b6 + drift), drift);
                String response = ocra.generate(at);
                (first.putIfAbsent(response, place) == null ? first : again).put(response, place);
            }
        }
        assertTrue(again.size() > 10);

        again.keySet().forEach(response -> assertEquals(first.get(response), ocra.verify(response, input, window)));
    }

    @Test
    void worksWithAKeyInAnHsm() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08");
        OcraInput input = OcraInput.of("00000000");
        assertEquals("237653", Ocra.of(suite, new OpaqueKey("HmacSHA1"), hsm).generate(input));

        Security.addProvider(hsm);

        assertEquals(CHALLENGE_ONLY, Ocra.of(suite, new OpaqueKey("HmacSHA1")).verify("237653", input));
    }

    @Test
    void rejectsAShortKeyAndAnUnknownOne() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08");
        SecretKeySpec tooShort = new SecretKeySpec(new byte[15], "HmacSHA1");

        assertThrows(IllegalArgumentException.class, () -> Ocra.of(suite, tooShort));
        assertThrows(IllegalArgumentException.class, () -> Ocra.of(suite, tooShort, hsm));
        Ocra unknown = Ocra.of(suite, new OpaqueKey("HmacSHA1"), Security.getProvider("SunJCE"));
        assertThrows(IllegalStateException.class, () -> unknown.generate(OcraInput.of("00000000")));
    }

    @Test
    void isUnusableAfterTheSecretIsDestroyed() {
        OtpSecret secret = RfcSecrets.of(HmacAlgorithm.SHA1);
        Ocra ocra = Ocra.of(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08"), secret);
        secret.destroy();

        assertThrows(IllegalStateException.class, () -> ocra.generate(OcraInput.of("00000000")));
        assertThrows(IllegalStateException.class, () -> ocra.verify("237653", OcraInput.of("00000000")));
        assertThrows(IllegalStateException.class, () -> Ocra.of(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08"), secret));
    }

    @Test
    @Tag("R10.2")
    void showsNoSecretNoPinAndNoChallenge() {
        OcraInput input =
                OcraInput.of("53095496").withPin("1234").withCounter(31).withSession(new byte[] {65});

        assertEquals("OcraInput[redacted]", input.toString());
        assertEquals(
                "Ocra[OCRA-1:HOTP-SHA1-6:QN08, redacted]",
                ocra("OCRA-1:HOTP-SHA1-6:QN08").toString());
    }

    @Test
    void rejectsWindowsThatTheSuiteDoesNotHave() {
        Ocra plain = ocra("OCRA-1:HOTP-SHA1-6:QN08");
        OcraInput input = OcraInput.of("1");

        assertEquals(
                "The suite OCRA-1:HOTP-SHA1-6:QN08 has no counter; lookAhead must be 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> plain.verify("237653", input, OcraWindow.EXACT.withLookAhead(1)))
                        .getMessage());
        assertEquals(
                "The suite OCRA-1:HOTP-SHA1-6:QN08 has no timestamp; the window must not have other steps or a drift",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> plain.verify(
                                        "237653", input, OcraWindow.EXACT.withSteps(new TotpWindow(0, 0, 1))))
                        .getMessage());
        for (int lookAhead : new int[] {-1, Hotp.MAX_LOOK_AHEAD + 1}) {
            assertThrows(IllegalArgumentException.class, () -> OcraWindow.EXACT.withLookAhead(lookAhead));
        }
        assertEquals(100, OcraWindow.EXACT.withLookAhead(100).lookAhead());
        assertEquals(
                "lookAhead must be 0 to 100, not 101",
                assertThrows(IllegalArgumentException.class, () -> new OcraWindow(101, TotpWindow.ONE_STEP))
                        .getMessage());
    }
}
