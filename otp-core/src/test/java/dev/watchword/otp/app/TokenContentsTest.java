package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.support.SampleToken;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link TokenContents}: the bounds of its values and its encoding. */
@Tag("R4.3")
class TokenContentsTest {
    private static final OtpSecret SECRET = OtpSecret.copyOf(SampleToken.secret());
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static TokenContents with(String serial, String institution, String serviceId, String userId) {
        return TokenContents.builder()
                .secret(SECRET)
                .profile(TotpProfile.BANK)
                .serial(serial)
                .institution(institution)
                .serviceId(serviceId)
                .userId(userId)
                .start(SampleToken.START)
                .expiry(SampleToken.EXPIRY)
                .build();
    }

    private static TokenContents with(OtpSecret secret, TotpProfile profile, Instant start, Instant expiry) {
        return TokenContents.builder()
                .secret(secret)
                .profile(profile)
                .serial("12345678")
                .institution("A")
                .serviceId("12345678")
                .userId("123456789012")
                .start(start)
                .expiry(expiry)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "'',A,12345678,123456789012,serial number",
        "1234 567,A,12345678,123456789012,serial number",
        "１２３４５６７８,A,12345678,123456789012,serial number",
        "1234567\u007f,A,12345678,123456789012,serial number",
        "12345678901234567890123456789012345678901234567890123456789012345,A,12345678,123456789012,serial number",
        "12345678,'',12345678,123456789012,institution",
        "12345678,' A',12345678,123456789012,institution",
        "12345678,'A\u0007B',12345678,123456789012,institution",
        "12345678,'A\ud800',12345678,123456789012,institution",
        "12345678,A,1234567,123456789012,service ID",
        "12345678,A,123456789,123456789012,service ID",
        "12345678,A,1234567８,123456789012,service ID",
        "12345678,A,12345678,12345678901,user ID",
        "12345678,A,12345678,1234567890123,user ID",
        "12345678,A,12345678,12345678901/,user ID",
        "12345678,A,12345678,12345678901:,user ID",
    })
    void namesTheFieldThatIsWrong(String serial, String institution, String service, String user, String field) {
        var e = assertThrows(IllegalArgumentException.class, () -> with(serial, institution, service, user));

        assertTrue(e.toString().contains(field + " must be"), e.toString());
    }

    @Test
    void acceptsValuesAtTheBounds() {
        TotpProfile longest = TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofDays(1));

        assertEquals(
                "~".repeat(64),
                with("~".repeat(64), "A".repeat(100), "12345678", "123456789012")
                        .serial());
        assertEquals(longest, with(SECRET, longest, FIRST, LAST).profile());
        assertEquals(
                ContentsFormat.MAX_LENGTH,
                ContentsFormat.write(TokenContents.builder()
                                .secret(OtpSecret.copyOf(new byte[256]))
                                .profile(longest)
                                .serial("~".repeat(64))
                                .institution("信".repeat(100))
                                .serviceId("12345678")
                                .userId("123456789012")
                                .start(FIRST)
                                .expiry(LAST)
                                .signingSecret(OtpSecret.copyOf(HexFormat.of().parseHex("01".repeat(256))))
                                .signingSuite(OcraSuite.parse("OCRA-1:HOTP-SHA512-10:QN64"))
                                .build())
                        .length);
    }

    private static TokenContents signing(@Nullable OtpSecret secret, @Nullable String suite) {
        return SampleToken.contents().toBuilder()
                .signingSecret(secret)
                .signingSuite(suite == null ? null : OcraSuite.parse(suite))
                .build();
    }

    @Test
    @Tag("R13.4")
    void hasASigningSecretAndItsSuiteOrNeither() {
        OtpSecret secret = OtpSecret.copyOf(SampleToken.signingSecret());
        TokenContents contents = signing(secret, "OCRA-1:HOTP-SHA1-6:QA10");

        assertEquals(Optional.of(secret), contents.signingSecret());
        assertEquals(Optional.of(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QA10")), contents.signingSuite());
        assertEquals(contents, contents.toBuilder().build());
        assertEquals(contents.hashCode(), contents.toBuilder().build().hashCode());
        assertNotEquals(contents, signing(secret, "OCRA-1:HOTP-SHA1-7:QA10"));
        assertNotEquals(contents, signing(OtpSecret.copyOf(new byte[32]), "OCRA-1:HOTP-SHA1-6:QA10"));
        assertNotEquals(contents.hashCode(), SampleToken.contents().hashCode());
        assertEquals(SampleToken.contents(), contents.withoutSigningKey());
        assertEquals(Optional.empty(), SampleToken.contents().signingSecret());
        assertEquals(Optional.empty(), SampleToken.contents().signingSuite());
        assertRejected("set together", () -> signing(secret, null));
        assertRejected("set together", () -> signing(null, "OCRA-1:HOTP-SHA1-6:QA10"));
    }

    @Test
    @Tag("R13.4")
    void rejectsASigningSecretThatIsWeakOrTheSecretOfTheCodes() {
        String suite = "OCRA-1:HOTP-SHA1-6:QA10";
        OtpSecret weak = OtpSecret.weakLegacyCopyOf(new byte[15]);
        OtpSecret destroyed = OtpSecret.copyOf(new byte[16]);
        destroyed.destroy();

        assertRejected("secret", () -> signing(weak, suite));
        assertRejected("must differ", () -> signing(OtpSecret.copyOf(SampleToken.secret()), suite));
        assertThrows(IllegalStateException.class, () -> signing(destroyed, suite));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-QH64", "QH64-PSHA1", "QH64-S064", "QH64-T1M"})
    @Tag("R13.4")
    void rejectsASuiteWithAnotherInputThanAChallenge(String inputs) {
        OtpSecret secret = OtpSecret.copyOf(SampleToken.signingSecret());

        assertRejected("a challenge and no other input", () -> signing(secret, "OCRA-1:HOTP-SHA256-8:" + inputs));
    }

    @Test
    void rejectsValuesBeyondTheBounds() {
        TotpProfile tooEarly = new TotpProfile(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30), FIRST.minusSeconds(1));
        OtpSecret weak = OtpSecret.weakLegacyCopyOf(new byte[15]);

        assertRejected("institution", () -> with("12345678", "A".repeat(101), "12345678", "123456789012"));
        assertRejected("t0", () -> with(SECRET, tooEarly, FIRST, LAST));
        assertRejected("secret", () -> with(weak, TotpProfile.BANK, FIRST, LAST));
        assertRejected("start", () -> with(SECRET, TotpProfile.BANK, FIRST.minusNanos(1), LAST));
        assertRejected("expiry", () -> with(SECRET, TotpProfile.BANK, FIRST, LAST.plusNanos(1)));
        assertRejected("expiry", () -> with(SECRET, TotpProfile.BANK, LAST, LAST));
    }

    private static void assertRejected(String field, Runnable creation) {
        var e = assertThrows(IllegalArgumentException.class, creation::run);
        assertTrue(e.toString().contains(field), e.toString());
    }

    private static final String ENCODED = "01" + "01" + "08" + "0000003c"
            + "000000000000000000000000"
            + "0000000055dd169800000000"
            + "000000005f9ca90000000000"
            + "3130313132323335" + "393939383030303030303031"
            + "09" + "323433373235383634"
            + "0015" + "e381a8e381bee381a8e4bfa1e794a8e98791e5baab"
            + "0014" + "3132333435363738393031323334353637383930";

    /** An answer that an older version sealed must still open, so this test repeats the bytes. */
    @Test
    void keepsItsEncoding() {
        assertEquals(ENCODED + "00", HexFormat.of().formatHex(ContentsFormat.write(SampleToken.contents())));
    }

    @Test
    @Tag("R13.4")
    void encodesASigningSecretAfterItsSuite() {
        String encoded = ENCODED + "01"
                + "19" + "4f4352412d313a484f54502d5348413235362d383a51483634"
                + "0020" + "3231303938373635343332313039383736353433323130393837363534333231";

        assertEquals(encoded, HexFormat.of().formatHex(ContentsFormat.write(SampleToken.signingContents())));
        assertEquals(
                SampleToken.signingContents(),
                ContentsFormat.read(HexFormat.of().parseHex(encoded)));
        byte[] unknown = HexFormat.of().parseHex(ENCODED + "02" + encoded.substring(ENCODED.length() + 2));
        var e = assertThrows(IllegalArgumentException.class, () -> ContentsFormat.read(unknown));
        assertEquals(
                "The encoded contents of a token must say by 0 or 1 whether there is a signing secret", e.getMessage());
    }

    @Test
    void rejectsABillionNanoseconds() {
        byte[] bytes = ContentsFormat.write(SampleToken.contents());

        System.arraycopy(HexFormat.of().parseHex("3b9ac9ff"), 0, bytes, 27, 4);
        assertEquals(
                SampleToken.START.plusNanos(999_999_999),
                ContentsFormat.read(bytes).start());
        System.arraycopy(HexFormat.of().parseHex("3b9aca00"), 0, bytes, 27, 4);
        assertThrows(IllegalArgumentException.class, () -> ContentsFormat.read(bytes));
        System.arraycopy(HexFormat.of().parseHex("ffffffff"), 0, bytes, 27, 4);
        assertThrows(IllegalArgumentException.class, () -> ContentsFormat.read(bytes));
    }

    @Test
    void namesTheRequiredNumberOfDigits() {
        var e = assertThrows(IllegalArgumentException.class, () -> with("1 2", "A", "12345678", "123456789012"));
        assertEquals("serial number must be 1 to 64 printable ASCII characters without spaces", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> with("12345678", "A", "1", "123456789012"));
        assertEquals("service ID must be 8 ASCII digits", e.getMessage());
    }

    @Test
    @Tag("R10.2")
    void showsNoSecret() {
        String text = SampleToken.contents().toString();

        assertTrue(text.contains("OtpSecret[redacted]") && text.contains("243725864"), text);
        assertFalse(text.contains("1234567890") || text.contains("31323334"), text);
        String signing = SampleToken.signingContents().toString();
        assertTrue(
                signing.contains("signingSecret=OtpSecret[redacted], signingSuite=OCRA-1:HOTP-SHA256-8:QH64]"),
                signing);
        assertFalse(signing.contains("21098765"), signing);
    }
}
