package dev.watchword.otp;

import static dev.watchword.otp.Totp.NO_STEP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mistakes that libraries for one-time passwords make, each a test with its name. Codes are those of the RFCs' secret, under
 * SHA-1, of 6 digits and 30 seconds unless it says otherwise.
 */
class MistakesOfPeersTest {
    private static final TotpProfile PROFILE = TotpProfile.AUTHENTICATOR_APP;
    private static final Totp TOTP = Totp.of(PROFILE, Rfc.secret(HmacAlgorithm.SHA1));
    private static final Hotp HOTP = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), Rfc.secret(HmacAlgorithm.SHA1));
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long STEP = PROFILE.stepAt(NOON);

    private static Verification verify(String code, Instant at, long afterStep) {
        return TOTP.verify(code, at, TotpWindow.ONE_STEP, afterStep);
    }

    private static String code(long step) {
        return TOTP.generate(PROFILE.startOf(step));
    }

    @Nested
    @Tag("R1.3")
    class Text {

        @ParameterizedTest
        @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "my-MM-u-nu-mymr", "tr-TR", "hi-IN-u-nu-deva"})
        void codesAreFormattedWithTheDefaultLocale(String tag) {
            in(Locale.forLanguageTag(tag), () -> {
                assertEquals("755224", TOTP.generate(Instant.EPOCH));
                assertEquals(new Verification.Matched(0, 0), verify("755224", Instant.EPOCH, NO_STEP));
                assertEquals("755224", HOTP.generate(0));
            });
        }

        @Test
        void base32IsUpperCasedWithTheDefaultLocale() {
            in(
                    Locale.forLanguageTag("tr-TR"),
                    () -> assertEquals(
                            OtpSecret.fromBase32("IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII"),
                            OtpSecret.fromTypedBase32("iiii iiii iiii iiii iiii iiii iiii iiii")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"+55224", "-55224", "٧٥٥٢٢٤", "७५५२२४", "７５５２２４", "755_224", " 755224", "0x75522"})
        void codesAreReadByAParserOfNumbers(String text) {
            assertEquals(Verification.MALFORMED, verify(text, Instant.EPOCH, NO_STEP));
            assertEquals(Verification.MALFORMED, HOTP.verify(text, 0, 3));
        }

        @Test
        void leadingZerosAreLost() {
            assertEquals("081804", TOTP.generate(Instant.ofEpochSecond(1_111_111_109)));
            assertEquals(
                    new Verification.Matched(37_037_036, 0),
                    verify("081804", Instant.ofEpochSecond(1_111_111_109), NO_STEP));
            assertEquals(Verification.MALFORMED, verify("81804", Instant.ofEpochSecond(1_111_111_109), NO_STEP));
        }

        @Test
        void aCodeOfZerosIsRefused() {
            Instant at = PROFILE.startOf(349_495);

            assertEquals("000000", TOTP.generate(at));
            assertEquals(new Verification.Matched(349_495, 0), verify("000000", at, NO_STEP));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 5, 10, 20})
        void digitsAreUnbounded(int digits) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TotpProfile.of(HmacAlgorithm.SHA1, digits, Duration.ofSeconds(30)));
            assertThrows(IllegalArgumentException.class, () -> new HotpProfile(HmacAlgorithm.SHA1, digits));
        }

        @Test
        void theEmptyCodeIsRight() {
            assertEquals(Verification.MALFORMED, verify("", NOON, NO_STEP));
            assertEquals(Verification.MALFORMED, HOTP.verify("", 0, 3));
        }
    }

    @Nested
    @Tag("R1.2")
    class Replay {

        @Test
        void aWindowOfCountersLooksBack() {
            assertEquals(new Verification.Matched(0, 0), HOTP.verify("755224", 0, 3));
            assertEquals(Verification.WRONG, HOTP.verify("755224", 1, 3));
        }

        @Test
        void theFirstCounterWithAWindowIsAnException() {
            assertEquals(new Verification.Matched(0, 0), HOTP.verify("755224", 0, 10));
            assertEquals(new Verification.Matched(9, 9), HOTP.verify("520489", 0, 10));
        }

        @Test
        void anOlderUnusedStepIsStillGoodAfterANewerOne() {
            assertEquals(new Verification.Replayed(STEP - 1), verify(code(STEP - 1), NOON, STEP));
        }

        /** The steps 910737 and 910738 happen to have the same code. */
        @Test
        void aRepeatedTextAtALaterStepIsRefused() {
            assertEquals(new Verification.Matched(910_738, 0), verify("911617", PROFILE.startOf(910_738), 910_737));
        }

        @Test
        void aSpentStepHidesAFreshOneWithTheSameCode() {
            assertEquals(new Verification.Matched(910_738, 1), verify("911617", PROFILE.startOf(910_737), 910_737));
            assertEquals(new Verification.Replayed(910_738), verify("911617", PROFILE.startOf(910_737), 910_738));
        }

        @Test
        void notUsedYetIsEncodedAsZero() {
            assertEquals(new Verification.Matched(0, 0), verify("755224", Instant.EPOCH, NO_STEP));
            assertEquals(new Verification.Replayed(0), verify("755224", Instant.EPOCH, 0));
        }
    }

    @Nested
    @Tag("R1.4")
    class Drift {

        @Test
        void resynchronisationBurnsTheNextStep() {
            var found = (Verification.Matched)
                    TOTP.resynchronise(List.of(code(STEP + 49), code(STEP + 50)), NOON, 100, NO_STEP);
            TotpWindow learned = new TotpWindow(0, 0).withDrift(found.drift());

            assertEquals(
                    new Verification.Matched(STEP + 51, 50),
                    TOTP.verify(code(STEP + 51), NOON.plusSeconds(30), learned, found.step()));
        }

        @Test
        void resynchronisationTakesCapturedCodesThatAreSpent() {
            List<String> captured = List.of(code(STEP + 5), code(STEP + 6));

            assertEquals(Verification.WRONG, TOTP.resynchronise(captured, NOON, 100, STEP + 5));
            assertEquals(Verification.WRONG, TOTP.resynchronise(captured, NOON, 100, STEP + 6));
        }

        @Test
        void windowsAreNegativeOrHuge() {
            for (int steps : new int[] {-1, TotpWindow.MAX + 1, Integer.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> new TotpWindow(steps, 0));
                assertThrows(IllegalArgumentException.class, () -> new TotpWindow(0, steps));
            }
            for (int lookAhead : new int[] {-1, Hotp.MAX_LOOK_AHEAD + 1, Integer.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", 0, lookAhead));
            }
        }

        @Test
        void aPeriodIsZero() {
            assertThrows(IllegalArgumentException.class, () -> TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ZERO));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> OtpauthUri.parse("otpauth://totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=0"));
        }

        @Test
        void stepsBefore1970AreTruncatedTowardZero() {
            assertEquals(-1, PROFILE.stepAt(Instant.ofEpochSecond(-1)));
            assertEquals(-1, PROFILE.stepAt(Instant.ofEpochSecond(-30)));
            assertEquals(-2, PROFILE.stepAt(Instant.ofEpochSecond(-31)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
        void farInstantsOverflow(String far) {
            Instant at = Instant.parse(far);
            for (Instant t0 : new Instant[] {Instant.EPOCH, Instant.MIN, Instant.MAX.minusNanos(999_999_999)}) {
                TotpProfile seconds = new TotpProfile(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(1), t0);
                Totp totp = Totp.of(seconds, Rfc.secret(HmacAlgorithm.SHA1));

                assertEquals(
                        new Verification.Matched(at.getEpochSecond() - t0.getEpochSecond(), 0),
                        totp.verify(totp.generate(at), at, TotpWindow.ONE_STEP, NO_STEP));
            }
        }
    }

    @Nested
    @Tag("R10.2")
    class Secrets {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 15, 257})
        void secretsHaveAnyLength(int length) {
            assertThrows(IllegalArgumentException.class, () -> OtpSecret.copyOf(new byte[length]));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ!", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",
                    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\u0000", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0"
                })
        void base32SkipsWhatItDoesNotKnow(String text) {
            assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromBase32(text));
            assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromTypedBase32(text));
        }

        @Test
        void theCallersArrayIsKept() {
            byte[] given = Rfc.secret(HmacAlgorithm.SHA1).exposeBytes();
            OtpSecret secret = OtpSecret.copyOf(given);
            Arrays.fill(given, (byte) 0);
            Arrays.fill(secret.exposeBytes(), (byte) 0);

            assertArrayEquals(Rfc.secret(HmacAlgorithm.SHA1).exposeBytes(), secret.exposeBytes());
        }
    }

    @Nested
    class Uris {

        @ParameterizedTest
        @ValueSource(strings = {"mac&cheese", "a+b c", "100%", "a=b", "信用組合", "#1?"})
        void aUriIsNotParsedByWhatBuiltIt(String name) {
            OtpauthUri value = new OtpauthUri.ForTotp(name, name, Rfc.secret(HmacAlgorithm.SHA1), PROFILE);

            assertEquals(value, OtpauthUri.parse(value.exposeUri()));
        }

        @Test
        void aPlusStandsForASpace() {
            String uri = "otpauth://totp/a+b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=c+d";

            assertEquals("a+b", OtpauthUri.parse(uri).account());
            assertEquals("c+d", OtpauthUri.parse(uri).issuer());
        }
    }

    private static void in(Locale locale, Runnable check) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            check.run();
        } finally {
            Locale.setDefault(before);
        }
    }
}
