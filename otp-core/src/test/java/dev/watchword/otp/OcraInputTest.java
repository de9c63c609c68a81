package dev.watchword.otp;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.support.RfcSecrets;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of {@link OcraInput}: the rejected inputs, and the message that an input gives. */
@Tag("R13.1")
class OcraInputTest {
    private static final OcraInput ONE = OcraInput.of("1");
    private static final String NO_COUNTER = "The suite OCRA-1:HOTP-SHA1-0:QN08 has no counter; omit ";

    private static String hex(String suite, OcraInput input) {
        try (OcraMessage message = OcraMessage.of(OcraSuite.parse(suite), input)) {
            return HexFormat.of().formatHex(message.bytes()).substring(2 * suite.length());
        }
    }

    private static String rejected(String suite, OcraInput input) {
        OcraSuite parsed = OcraSuite.parse(suite);
        Ocra ocra = Ocra.of(parsed, RfcSecrets.of(parsed.algorithm()));
        String generating = assertThrows(IllegalArgumentException.class, () -> ocra.generate(input))
                .getMessage();
        // Misuse is an error even if the response is malformed.
        assertEquals(
                generating,
                assertThrows(IllegalArgumentException.class, () -> ocra.verify("", input))
                        .getMessage());
        return requireNonNull(generating);
    }

    @Test
    void namesAMissingPart() {
        assertEquals(
                "The suite OCRA-1:HOTP-SHA1-6:C-QN08 requires a counter; add it with OcraInput.withCounter",
                rejected("OCRA-1:HOTP-SHA1-6:C-QN08", ONE));
        assertEquals(
                "The suite OCRA-1:HOTP-SHA1-6:QN08-PSHA1 requires a PIN; add it with OcraInput.withPin",
                rejected("OCRA-1:HOTP-SHA1-6:QN08-PSHA1", ONE));
        assertEquals(
                "The suite OCRA-1:HOTP-SHA1-6:QN08-S064 requires a session information; add it with"
                        + " OcraInput.withSession",
                rejected("OCRA-1:HOTP-SHA1-6:QN08-S064", ONE));
        assertEquals(
                "The suite OCRA-1:HOTP-SHA1-6:QN08-T1M requires a timestamp; add it with OcraInput.withTime",
                rejected("OCRA-1:HOTP-SHA1-6:QN08-T1M", ONE));
    }

    @Test
    void namesASuperfluousPart() {
        String suite = "OCRA-1:HOTP-SHA1-6:QN08";
        assertEquals(
                "The suite " + suite + " has no counter; omit OcraInput.withCounter",
                rejected(suite, ONE.withCounter(0)));
        assertEquals("The suite " + suite + " has no PIN; omit OcraInput.withPin", rejected(suite, ONE.withPin("1")));
        assertEquals(
                "The suite " + suite + " has no PIN; omit OcraInput.withPin",
                rejected(suite, ONE.withPinHash(new byte[20])));
        assertEquals(
                "The suite " + suite + " has no session information; omit OcraInput.withSession",
                rejected(suite, ONE.withSession(new byte[64])));
        assertEquals(
                "The suite " + suite + " has no timestamp; omit OcraInput.withTime",
                rejected(suite, ONE.withTime(Instant.EPOCH)));
    }

    @Test
    void aServerHasNoPin() {
        assertEquals(
                "The response of a server has no PIN (RFC 6287 §7.2); use the suite of the server, and not"
                        + " OCRA-1:HOTP-SHA1-6:QN08-PSHA1 of the client",
                rejected("OCRA-1:HOTP-SHA1-6:QN08-PSHA1", OcraInput.ofServer("1", "2")));
    }

    @ParameterizedTest
    @CsvSource({
        "QN08, 123456789", "QN08, ''", "QN08, 1234567a", "QN08, +1234567", "QN08, ١٢٣٤", "QN08, ' 1'", "QN08, /",
                "QN08, :",
        "QA08, SIG100000", "QA08, SIG-1", "QA08, 'SIG 1'", "QA08, É", "QA08, @", "QA08, '['", "QA08, `", "QA08, '{'",
        "QH08, 123456789", "QH08, 0x12", "QH08, G", "QH08, g", "QH08, ''"
    })
    void rejectsChallengesOfAnotherForm(String part, String challenge) {
        String suite = "OCRA-1:HOTP-SHA1-6:" + part;
        String format = part.startsWith("QN") ? "NUMERIC" : part.startsWith("QA") ? "ALPHANUMERIC" : "HEXADECIMAL";
        String message = "A challenge of the suite " + suite + " must have 1 to 8 characters of the format " + format;

        assertEquals(message, rejected(suite, OcraInput.of(challenge)));
        assertEquals(message, rejected(suite, OcraInput.ofClient("1", challenge)));
        assertEquals(message, rejected(suite, OcraInput.ofServer("1", challenge)));
        assertEquals(message, rejected(suite, OcraInput.ofServer(challenge, "1")));
        assertEquals(false, OcraSuite.parse(suite).isChallenge(challenge));
    }

    @Test
    void rejectsOtherValuesAtOnce() {
        assertEquals(
                "counter must be 0 or greater, not -1",
                assertThrows(IllegalArgumentException.class, () -> ONE.withCounter(-1))
                        .getMessage());
        for (String pin : new String[] {"", "1\ud800", "\udc00"}) {
            assertThrows(IllegalArgumentException.class, () -> ONE.withPin(pin));
        }
        assertEquals(
                "The hash of the PIN must have 32 bytes for this suite, not 20",
                rejected("OCRA-1:HOTP-SHA1-6:QN08-PSHA256", ONE.withPinHash(new byte[20])));
        for (byte[] session : new byte[][] {{}, new byte[65], {0, 1}, new byte[63]}) {
            assertEquals(
                    "The session information of the suite OCRA-1:HOTP-SHA1-6:QN08-S064 must have 1 to 64 bytes, and must"
                            + " not begin with a zero byte if it is shorter",
                    rejected("OCRA-1:HOTP-SHA1-6:QN08-S064", ONE.withSession(session)));
        }
    }

    /** RFC 6287 App. A: hexadecimal digits from the left, zeros on the right. */
    @ParameterizedTest
    @CsvSource({
        "QN08, 12345678, bc614e",
        "QN08, 1, 10",
        "QN08, 16, 10",
        "QN08, 00000255, ff",
        "QN08, 0, 00",
        "QN08, 00000000, 00",
        "QA08, SIG10000, 5349473130303030",
        "QA08, aZ09, 615a3039",
        "QH08, 0a1F, 0a1f",
        "QH08, abc, abc0",
        "QH08, FFFFFFFF, ffffffff"
    })
    void writesAChallengeFromTheLeft(String part, String challenge, String expected) {
        String suite = "OCRA-1:HOTP-SHA1-0:" + part;

        assertEquals("00" + expected + "0".repeat(256 - expected.length()), hex(suite, OcraInput.of(challenge)));
    }

    @Test
    void aLongNumberHasAllItsDigits() {
        String challenge = "1234567890".repeat(6) + "1234";
        String expected = new BigInteger(challenge).toString(16);

        assertEquals(
                "00" + expected + "0".repeat(256 - expected.length()),
                hex("OCRA-1:HOTP-SHA1-0:QN64", OcraInput.of(challenge)));
    }

    /** The texts of both challenges form one challenge. Two of the longest ones fill the field. */
    @Test
    void concatenatesTheChallengesOfMutualModes() {
        assertEquals(
                hex("OCRA-1:HOTP-SHA1-0:QN09", OcraInput.of("123456789")),
                hex("OCRA-1:HOTP-SHA1-0:QN09", OcraInput.ofServer("1234", "56789")));
        assertEquals(
                hex("OCRA-1:HOTP-SHA1-0:QN09", OcraInput.of("567891234")),
                hex("OCRA-1:HOTP-SHA1-0:QN09", OcraInput.ofClient("1234", "56789")));
        assertEquals(
                "00" + "41".repeat(64) + "42".repeat(64),
                hex("OCRA-1:HOTP-SHA1-0:QA64", OcraInput.ofServer("A".repeat(64), "B".repeat(64))));
        assertEquals(
                "00" + "a".repeat(64) + "b".repeat(64) + "0".repeat(128),
                hex("OCRA-1:HOTP-SHA1-0:QH64", OcraInput.ofServer("a".repeat(64), "b".repeat(64))));
        String nines = new BigInteger("9".repeat(128)).toString(16);
        assertEquals(
                "00" + nines + "0".repeat(256 - nines.length()),
                hex("OCRA-1:HOTP-SHA1-0:QN64", OcraInput.ofServer("9".repeat(64), "9".repeat(64))));
    }

    @Test
    void putsThePartsInTheOrderOfTheRfc() {
        String suite = "OCRA-1:HOTP-SHA1-0:C-QA08-PSHA512-S064-T48H";
        byte[] pin = new byte[64];
        Arrays.fill(pin, (byte) 0x99);
        byte[] session = "session".getBytes(StandardCharsets.US_ASCII);
        OcraInput input = OcraInput.of("A")
                .withCounter(0x0102030405060708L)
                .withPinHash(pin)
                .withSession(session)
                .withTime(Instant.ofEpochSecond(172_800L * 0x1122334455L));
        Arrays.fill(session, (byte) 0);

        assertEquals(
                "00" + "0102030405060708" + "41" + "00".repeat(127) + "99".repeat(64)
                        + "00".repeat(57) + HexFormat.of().formatHex("session".getBytes(StandardCharsets.US_ASCII))
                        + "0000001122334455",
                hex(suite, input));
    }

    @Test
    void aFullSessionMayBeginWithZeros() {
        byte[] session = new byte[64];
        session[63] = 1;
        String zeros = hex("OCRA-1:HOTP-SHA1-0:QA08-S064", OcraInput.of("A").withSession(session));

        assertEquals("00".repeat(63) + "01", zeros.substring(2 + 256));
        assertEquals(
                zeros, hex("OCRA-1:HOTP-SHA1-0:QA08-S064", OcraInput.of("A").withSession(new byte[] {1})));
    }

    @Test
    void hashesThePinWithTheHashOfItsPart() throws Exception {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            byte[] expected = MessageDigest.getInstance(algorithm.digestName())
                    .digest("pässword 😀".getBytes(StandardCharsets.UTF_8));

            String message = hex(
                    "OCRA-1:HOTP-SHA1-0:QA08-P" + algorithm, OcraInput.of("A").withPin("pässword 😀"));

            assertEquals(HexFormat.of().formatHex(expected), message.substring(2 + 256));
        }
    }

    @Test
    void aWitherChangesNothingElse() {
        OcraInput first = OcraInput.ofClient("1", "2");
        OcraInput full = first.withCounter(1)
                .withPin("1")
                .withSession(new byte[] {1})
                .withTime(Instant.EPOCH)
                .withCounter(2);
        String suite = "OCRA-1:HOTP-SHA1-0:C-QA08-PSHA1-S064-T1M";

        assertNotEquals(hex(suite, full), hex(suite, full.withCounter(1)));
        assertEquals(hex(suite, full), hex(suite, full.withCounter(1).withCounter(2)));
        assertEquals(hex(suite, full), hex(suite, full.withPin("2").withPin("1")));
        assertEquals(
                hex(suite, full), hex(suite, full.withSession(new byte[] {2}).withSession(new byte[] {1})));
        assertEquals(
                hex(suite, full),
                hex(suite, full.withTime(Instant.MAX.minusSeconds(9)).withTime(Instant.EPOCH)));
        assertEquals(NO_COUNTER + "OcraInput.withCounter", rejected("OCRA-1:HOTP-SHA1-0:QN08", full));
        assertEquals(hex("OCRA-1:HOTP-SHA1-0:QN08", first), hex("OCRA-1:HOTP-SHA1-0:QN08", OcraInput.of("21")));
    }

    @Test
    @Tag("R10.2")
    void aClosedMessageIsWiped() {
        OcraMessage message = OcraMessage.of(
                OcraSuite.parse("OCRA-1:HOTP-SHA1-0:QA08-PSHA1"),
                OcraInput.of("A").withPin("1234"));

        message.close();

        assertArrayEquals(new byte[message.bytes().length], message.bytes());
    }
}
