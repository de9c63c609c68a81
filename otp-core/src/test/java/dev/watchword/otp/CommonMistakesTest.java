package dev.watchword.otp;

import static dev.watchword.otp.Totp.NO_STEP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.support.DefaultLocale;
import dev.watchword.otp.support.RfcSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mistakes that other libraries for one-time passwords make, and that this library does not make. Each test states the
 * correct behaviour and names the mistake in its comment. Unless a test says otherwise, the codes are those of the
 * RFCs' SHA-1 secret with 6 digits and 30 seconds.
 */
class CommonMistakesTest {
    private static final TotpProfile PROFILE = TotpProfile.AUTHENTICATOR_APP;
    private static final Totp TOTP = Totp.of(PROFILE, RfcSecrets.of(HmacAlgorithm.SHA1));
    private static final Hotp HOTP = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), RfcSecrets.of(HmacAlgorithm.SHA1));
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

        /** Mistake: format a code with the default locale, which yields digits of another script. */
        @ParameterizedTest
        @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "my-MM-u-nu-mymr", "tr-TR", "hi-IN-u-nu-deva"})
        void formatsCodesIndependentlyOfTheDefaultLocale(String tag) {
            DefaultLocale.during(tag, () -> {
                assertEquals("755224", TOTP.generate(Instant.EPOCH));
                assertEquals(new Verification.Matched(0, 0), verify("755224", Instant.EPOCH, NO_STEP));
                assertEquals("755224", HOTP.generate(0));
            });
        }

        /** Mistake: convert Base32 to upper case with the default locale. In Turkish, {@code i} becomes {@code İ}. */
        @Test
        void upperCasesBase32IndependentlyOfTheDefaultLocale() {
            DefaultLocale.during(
                    "tr-TR",
                    () -> assertEquals(
                            OtpSecret.fromBase32("IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII"),
                            OtpSecret.fromTypedBase32("iiii iiii iiii iiii iiii iiii iiii iiii")));
        }

        /** Mistake: parse a code as a number, which accepts signs, spaces and digits of other scripts. */
        @ParameterizedTest
        @ValueSource(strings = {"+55224", "-55224", "٧٥٥٢٢٤", "७५५२२४", "７５５２２４", "755_224", " 755224", "0x75522"})
        void acceptsOnlyAsciiDigitsAsACode(String text) {
            assertEquals(Verification.MALFORMED, verify(text, Instant.EPOCH, NO_STEP));
            assertEquals(Verification.MALFORMED, HOTP.verify(text, 0, 3));
        }

        /** Mistake: lose the leading zeros of a code. */
        @Test
        void keepsLeadingZeros() {
            assertEquals("081804", TOTP.generate(Instant.ofEpochSecond(1_111_111_109)));
            assertEquals(
                    new Verification.Matched(37_037_036, 0),
                    verify("081804", Instant.ofEpochSecond(1_111_111_109), NO_STEP));
            assertEquals(Verification.MALFORMED, verify("81804", Instant.ofEpochSecond(1_111_111_109), NO_STEP));
        }

        /** Mistake: refuse a code that consists of zeros only. */
        @Test
        void acceptsACodeOfZeros() {
            Instant at = PROFILE.startOf(349_495);

            assertEquals("000000", TOTP.generate(at));
            assertEquals(new Verification.Matched(349_495, 0), verify("000000", at, NO_STEP));
        }

        /** Mistake: accept any number of digits. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 5, 10, 20})
        void boundsTheNumberOfDigits(int digits) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TotpProfile.of(HmacAlgorithm.SHA1, digits, Duration.ofSeconds(30)));
            assertThrows(IllegalArgumentException.class, () -> new HotpProfile(HmacAlgorithm.SHA1, digits));
        }

        /** Mistake: accept an empty code. */
        @Test
        void reportsTheEmptyCodeAsMalformed() {
            assertEquals(Verification.MALFORMED, verify("", NOON, NO_STEP));
            assertEquals(Verification.MALFORMED, HOTP.verify("", 0, 3));
        }
    }

    @Nested
    @Tag("R1.2")
    class Replay {

        /** Mistake: extend the window of counters to earlier counters, which are spent. */
        @Test
        void neverMatchesAnEarlierCounter() {
            assertEquals(new Verification.Matched(0, 0), HOTP.verify("755224", 0, 3));
            assertEquals(Verification.WRONG, HOTP.verify("755224", 1, 3));
        }

        /** Mistake: throw an exception for a look-ahead from counter 0. */
        @Test
        void acceptsALookAheadFromTheFirstCounter() {
            assertEquals(new Verification.Matched(0, 0), HOTP.verify("755224", 0, 10));
            assertEquals(new Verification.Matched(9, 9), HOTP.verify("520489", 0, 10));
        }

        /** Mistake: accept an older time step after a newer one, because the older one itself was not used. */
        @Test
        void rejectsAnOlderUnusedStepAfterANewerOne() {
            assertEquals(new Verification.Replayed(STEP - 1), verify(code(STEP - 1), NOON, STEP));
        }

        /**
         * Mistake: refuse a code because its text was used at an earlier step. Time steps 910737 and 910738 have the
         * same code.
         */
        @Test
        void acceptsARepeatedTextAtALaterStep() {
            assertEquals(new Verification.Matched(910_738, 0), verify("911617", PROFILE.startOf(910_738), 910_737));
        }

        /** Mistake: stop at a spent time step, although a later step in the window has the same code. */
        @Test
        void findsAFreshStepDespiteASpentOneWithTheSameCode() {
            assertEquals(new Verification.Matched(910_738, 1), verify("911617", PROFILE.startOf(910_737), 910_737));
            assertEquals(new Verification.Replayed(910_738), verify("911617", PROFILE.startOf(910_737), 910_738));
        }

        /** Mistake: use time step 0 as the mark of a token without a spent step. */
        @Test
        void distinguishesNoSpentStepFromStepZero() {
            assertEquals(new Verification.Matched(0, 0), verify("755224", Instant.EPOCH, NO_STEP));
            assertEquals(new Verification.Replayed(0), verify("755224", Instant.EPOCH, 0));
        }
    }

    @Nested
    @Tag("R1.4")
    class Drift {

        /** Mistake: spend the time step after a resynchronisation as well. */
        @Test
        void acceptsTheNextStepAfterAResynchronisation() {
            var found = (Verification.Matched)
                    TOTP.resynchronise(List.of(code(STEP + 49), code(STEP + 50)), NOON, 100, NO_STEP);
            TotpWindow learned = new TotpWindow(0, 0).withDrift(found.drift());

            assertEquals(
                    new Verification.Matched(STEP + 51, 50),
                    TOTP.verify(code(STEP + 51), NOON.plusSeconds(30), learned, found.step()));
        }

        /** Mistake: accept captured codes in a resynchronisation, although they are spent. */
        @Test
        void rejectsSpentCodesInAResynchronisation() {
            List<String> captured = List.of(code(STEP + 5), code(STEP + 6));

            assertEquals(new Verification.Replayed(STEP + 5), TOTP.resynchronise(captured, NOON, 100, STEP + 5));
            assertEquals(new Verification.Replayed(STEP + 6), TOTP.resynchronise(captured, NOON, 100, STEP + 6));
        }

        /** Mistake: accept a negative or an unlimited window. */
        @Test
        void boundsWindowsAndLookAheads() {
            for (int steps : new int[] {-1, TotpWindow.MAX + 1, Integer.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> new TotpWindow(steps, 0));
                assertThrows(IllegalArgumentException.class, () -> new TotpWindow(0, steps));
            }
            for (int lookAhead : new int[] {-1, Hotp.MAX_LOOK_AHEAD + 1, Integer.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", 0, lookAhead));
            }
        }

        /** Mistake: accept a time step of 0 seconds, and divide by it. */
        @Test
        void rejectsAPeriodOfZero() {
            assertThrows(IllegalArgumentException.class, () -> TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ZERO));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> OtpauthUri.parse("otpauth://totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=0"));
        }

        /** Mistake: round the time steps before T0 toward zero, so that one step is twice as long. */
        @Test
        void roundsStepsBefore1970Down() {
            assertEquals(-1, PROFILE.stepAt(Instant.ofEpochSecond(-1)));
            assertEquals(-1, PROFILE.stepAt(Instant.ofEpochSecond(-30)));
            assertEquals(-2, PROFILE.stepAt(Instant.ofEpochSecond(-31)));
        }

        /** Mistake: overflow at an instant that is far from T0. */
        @ParameterizedTest
        @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
        void verifiesAtTheEndsOfTheTimeScale(String far) {
            Instant at = Instant.parse(far);
            for (Instant t0 : new Instant[] {Instant.EPOCH, Instant.MIN, Instant.MAX.minusNanos(999_999_999)}) {
                TotpProfile seconds = new TotpProfile(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(1), t0);
                Totp totp = Totp.of(seconds, RfcSecrets.of(HmacAlgorithm.SHA1));

                assertEquals(
                        new Verification.Matched(at.getEpochSecond() - t0.getEpochSecond(), 0),
                        totp.verify(totp.generate(at), at, TotpWindow.ONE_STEP, NO_STEP));
            }
        }
    }

    @Nested
    @Tag("R10.2")
    class Secrets {

        /** Mistake: accept a secret of any length. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 15, 257})
        void boundsTheLengthOfSecrets(int length) {
            assertThrows(IllegalArgumentException.class, () -> OtpSecret.copyOf(new byte[length]));
        }

        /** Mistake: skip characters that are not Base32, which yields another secret. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ!", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",
                    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\u0000", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0"
                })
        void rejectsCharactersOutsideBase32(String text) {
            assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromBase32(text));
            assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromTypedBase32(text));
        }

        /** Mistake: keep the caller's array, so that the caller changes the secret later. */
        @Test
        void copiesTheCallersArray() {
            byte[] given = RfcSecrets.of(HmacAlgorithm.SHA1).exposeBytes();
            OtpSecret secret = OtpSecret.copyOf(given);
            Arrays.fill(given, (byte) 0);
            Arrays.fill(secret.exposeBytes(), (byte) 0);

            assertArrayEquals(RfcSecrets.of(HmacAlgorithm.SHA1).exposeBytes(), secret.exposeBytes());
        }
    }

    @Nested
    class Uris {

        /** Mistake: write a URI that the same library cannot parse. */
        @ParameterizedTest
        @ValueSource(strings = {"mac&cheese", "a+b c", "100%", "a=b", "信用組合", "#1?"})
        void parsesTheUrisThatItWrites(String name) {
            OtpauthUri value = new OtpauthUri.ForTotp(name, name, RfcSecrets.of(HmacAlgorithm.SHA1), PROFILE);

            assertEquals(value, OtpauthUri.parse(value.exposeUri()));
        }

        /** Mistake: read a plus sign in the account as a space. Most apps read only one in the issuer parameter so. */
        @Test
        void readsAPlusInTheAccountAsAPlus() {
            String uri = "otpauth://totp/a+b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=c+d";

            assertEquals("a+b", OtpauthUri.parse(uri).account());
            assertEquals("c d", OtpauthUri.parse(uri).issuer());
        }
    }
}
