package dev.watchword.otp;

import static dev.watchword.otp.Totp.NO_STEP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.RfcSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link Totp} with the published vectors, and of the bounds of its profile and window. */
@Tag("R1.1")
class TotpTest {
    private static final Totp TOTP = totp(6, 30);

    private static Totp totp(int digits, long timeStep) {
        return Totp.of(
                TotpProfile.of(HmacAlgorithm.SHA1, digits, Duration.ofSeconds(timeStep)),
                RfcSecrets.of(HmacAlgorithm.SHA1));
    }

    /** RFC 6238 App. B. */
    @ParameterizedTest
    @CsvSource({
        "59,          94287082, 46119246, 90693936",
        "1111111109,  07081804, 68084774, 25091201",
        "1111111111,  14050471, 67062674, 99943326",
        "1234567890,  89005924, 91819424, 93441116",
        "2000000000,  69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void generatesThePublishedCodes(long second, String sha1, String sha256, String sha512) {
        Map<HmacAlgorithm, String> published =
                Map.of(HmacAlgorithm.SHA1, sha1, HmacAlgorithm.SHA256, sha256, HmacAlgorithm.SHA512, sha512);
        Instant at = Instant.ofEpochSecond(second);
        published.forEach((algorithm, eightDigits) -> {
            for (int digits = 6; digits <= 8; digits++) {
                Totp totp =
                        Totp.of(TotpProfile.of(algorithm, digits, Duration.ofSeconds(30)), RfcSecrets.of(algorithm));
                String code = eightDigits.substring(8 - digits);

                assertEquals(code, totp.generate(at));
                assertEquals(
                        new Verification.Matched(second / 30, 0), totp.verify(code, at, TotpWindow.ONE_STEP, NO_STEP));
            }
        });
    }

    /**
     * RFC 4226 App. D: TOTP is HOTP with the time step as its counter, so its vectors also give codes of nine digits.
     */
    @Test
    void generatesNineDigits() {
        assertEquals("094287082", totp(9, 30).generate(Instant.ofEpochSecond(59)));
        assertEquals("868254676", totp(9, 1).generate(Instant.ofEpochSecond(5)));
    }

    @Test
    void searchesTheExpectedStepFirst() {
        Instant at = Instant.ofEpochSecond(910_738 * 30);

        assertEquals(new Verification.Matched(910_738, 0), TOTP.verify("911617", at, TotpWindow.ONE_STEP, NO_STEP));
    }

    @Test
    void countsStepsBeforeT0ByFloorDivision() {
        TotpProfile profile = TotpProfile.AUTHENTICATOR_APP;

        assertEquals(-1, profile.stepAt(Instant.ofEpochSecond(-1)));
        assertEquals(-1, profile.stepAt(Instant.ofEpochSecond(-30)));
        assertEquals(-2, profile.stepAt(Instant.ofEpochSecond(-31)));
        assertEquals(Instant.ofEpochSecond(-60), profile.startOf(-2));
    }

    @Test
    void countsStepsFromT0() {
        Instant t0 = Instant.ofEpochSecond(1_000_000_007);
        TotpProfile profile = new TotpProfile(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30), t0);

        assertEquals(0, profile.stepAt(t0));
        assertEquals(-1, profile.stepAt(t0.minusNanos(1)));
        assertEquals(t0, profile.startOf(0));
        assertEquals(
                "755224", Totp.of(profile, RfcSecrets.of(HmacAlgorithm.SHA1)).generate(t0.plusSeconds(29)));
    }

    @ParameterizedTest
    @Tag("R1.3")
    @ValueSource(
            strings = {
                "", " ", "75522", "7552240", "+55224", "-55224", "755 24", "75522:", "75522/", "75522\n", "７５５２２４",
                "٧٥٥٢٢٤", "७५५२२४"
            })
    void reportsOtherTextAsMalformed(String text) {
        assertEquals(Verification.MALFORMED, TOTP.verify(text, Instant.EPOCH, TotpWindow.ONE_STEP, NO_STEP));
        assertFalse(TotpProfile.AUTHENTICATOR_APP.isCode(text));
        assertTrue(TotpProfile.AUTHENTICATOR_APP.isCode("000000"));
    }

    @Test
    void rejectsProfilesOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> totp(5, 30));
        assertThrows(IllegalArgumentException.class, () -> totp(10, 30));
        assertThrows(IllegalArgumentException.class, () -> totp(6, 0));
        assertThrows(IllegalArgumentException.class, () -> totp(6, -30));
        assertThrows(IllegalArgumentException.class, () -> totp(6, 86_401));
        assertEquals("755224", totp(6, 86_400).generate(Instant.EPOCH));
        assertThrows(
                IllegalArgumentException.class, () -> TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofMillis(30_500)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TotpProfile(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30), Instant.ofEpochMilli(1)));
    }

    @Test
    @Tag("R1.4")
    void rejectsWindowsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new TotpWindow(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TotpWindow(0, -1));
        assertThrows(IllegalArgumentException.class, () -> new TotpWindow(TotpWindow.MAX + 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TotpWindow(0, TotpWindow.MAX + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    @Tag("R1.4")
    void comparesNoStepBeyondTheLargestDrift(int sign) {
        int drift = sign * TotpWindow.MAX_DRIFT;
        TotpWindow window = new TotpWindow(1, 1, drift);
        Instant at = Instant.ofEpochSecond(3_000_000);
        long now = at.getEpochSecond() / 30;
        long farthest = now + drift;

        assertEquals(new Verification.Matched(farthest, drift), TOTP.verify(codeOf(farthest), at, window, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.verify(codeOf(farthest + sign), at, window, NO_STEP));
    }

    private static String codeOf(long step) {
        return TOTP.generate(Instant.ofEpochSecond(step * 30));
    }

    @Test
    void returnsTheTimeLeftAtTheEndsOfTheTimeScale() {
        TotpProfile profile = TotpProfile.BANK;
        assertEquals(Duration.ofSeconds(60), profile.timeLeft(Instant.EPOCH));
        assertEquals(Duration.ofNanos(1), profile.timeLeft(Instant.EPOCH.minusNanos(1)));
        assertEquals(Duration.ofNanos(1), profile.timeLeft(Instant.MAX));
        assertEquals(Duration.ofSeconds(60), profile.timeLeft(Instant.MIN));
        TotpProfile late = new TotpProfile(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30), Instant.ofEpochSecond(7));
        assertEquals(Duration.ofSeconds(7), late.timeLeft(Instant.EPOCH));
    }

    @Test
    @Tag("R1.3")
    void doesNotUseTheSecretForMalformedText() {
        OtpSecret secret = RfcSecrets.of(HmacAlgorithm.SHA1);
        Totp totp = Totp.of(TotpProfile.AUTHENTICATOR_APP, secret);
        secret.destroy();

        assertEquals(Verification.MALFORMED, totp.verify("75522", Instant.EPOCH, TotpWindow.ONE_STEP, NO_STEP));
    }

    @Test
    @Tag("R10.2")
    void isUnusableOnceTheSecretIsDestroyed() {
        for (int uses = 0; uses <= 2; uses++) {
            OtpSecret secret = RfcSecrets.of(HmacAlgorithm.SHA1);
            Totp totp = Totp.of(TotpProfile.AUTHENTICATOR_APP, secret);
            for (int use = 0; use < uses; use++) {
                assertEquals("755224", totp.generate(Instant.EPOCH));
            }
            secret.destroy();

            assertThrows(IllegalStateException.class, () -> totp.generate(Instant.EPOCH));
            assertThrows(
                    IllegalStateException.class,
                    () -> totp.verify("755224", Instant.EPOCH, TotpWindow.ONE_STEP, NO_STEP));
        }
    }

    @Test
    @Tag("R10.2")
    void showsNoSecret() {
        assertEquals("Totp[" + TotpProfile.AUTHENTICATOR_APP + ", redacted]", TOTP.toString());
    }
}
