package dev.watchword.otp;

import static dev.watchword.otp.Totp.NO_STEP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.support.OpaqueKey;
import dev.watchword.otp.support.PeriodicMac;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of the order of the searches, with a token that shows the same code in every tenth step. */
@Tag("R1.4")
class RepeatedCodesTest {
    private static final long NOW = 1_000;
    private static final TotpProfile PROFILE = TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(60));
    private static final Instant AT = PROFILE.startOf(NOW);
    private static final SecretKey KEY = new OpaqueKey("HmacSHA1");
    private static final Totp TOTP = Totp.of(PROFILE, KEY, new PeriodicMac(10));
    private static final Hotp HOTP = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), KEY, new PeriodicMac(10));

    private static String code(int lastDigit) {
        return "00000" + lastDigit;
    }

    private static Verification matched(int drift) {
        return new Verification.Matched(NOW + drift, drift);
    }

    private static Verification replayed(int drift) {
        return new Verification.Replayed(NOW + drift);
    }

    private static Verification verify(int lastDigit, TotpWindow window, long afterStep) {
        return TOTP.verify(code(lastDigit), AT, window, afterStep);
    }

    @Test
    void prefersTheStepsAroundTheDriftToThoseAroundTheInstant() {
        TotpWindow fast = new TotpWindow(2, 3, 10);
        TotpWindow slow = new TotpWindow(2, 3, -10);
        for (int digit : new int[] {8, 9, 0, 1, 2, 3}) {
            int distance = digit < 5 ? digit : digit - 10;

            assertEquals(matched(10 + distance), verify(digit, fast, NO_STEP));
            assertEquals(matched(-10 + distance), verify(digit, slow, NO_STEP));
            assertEquals(matched(distance), verify(digit, slow, NOW - 5));
            assertEquals(replayed(distance), verify(digit, slow, NOW + 5));
        }
    }

    @Test
    void endsAtTheFirstMatchOfEachPair() {
        assertEquals(matched(-5), verify(5, new TotpWindow(5, 5), NO_STEP));
        assertEquals(matched(5), verify(5, new TotpWindow(5, 5), NOW - 5));
        assertEquals(matched(-7), verify(3, new TotpWindow(9, 9, -40), NOW - 8));
        assertEquals(matched(3), verify(3, new TotpWindow(9, 9, -40), NOW - 7));
        for (int digit = 7; digit <= 9; digit++) {
            assertEquals(matched(digit - 10), verify(digit, new TotpWindow(3, 0, 43), NO_STEP));
        }
    }

    @Test
    void resynchronisesAtTheNearestPlaceWithoutASpentStep() {
        List<String> codes = List.of(code(4), code(5));

        assertEquals(matched(-5), TOTP.resynchronise(codes, AT, 20, NO_STEP));
        assertEquals(matched(-5), TOTP.resynchronise(codes, AT, 20, NOW - 7));
        assertEquals(matched(5), TOTP.resynchronise(codes, AT, 20, NOW - 6));
        assertEquals(matched(5), TOTP.resynchronise(codes, AT, 20, NOW + 3));
        assertEquals(matched(15), TOTP.resynchronise(codes, AT, 20, NOW + 4));
    }

    @Test
    @Tag("R1.2")
    void reportsTheNearestSpentPlaceIfNoOtherMatches() {
        assertEquals(replayed(-5), TOTP.resynchronise(List.of(code(4), code(5)), AT, 20, NOW + 14));
        assertEquals(replayed(4), TOTP.resynchronise(List.of(code(4), code(5)), AT, 5, NOW + 4));
        assertEquals(replayed(1), TOTP.resynchronise(List.of(code(9), code(0), code(1)), AT, 5, NOW + 1));
    }

    @Test
    @Tag("R1.2")
    void resynchronisesACounterThatIsNotSpentBeforeItReportsAReplay() {
        List<String> codes = List.of(code(9), code(0));

        assertEquals(new Verification.Matched(110, 10), HOTP.resynchronise(codes, 100, 12));
        assertEquals(new Verification.Replayed(99), HOTP.resynchronise(codes, 100, 9));
        assertEquals(new Verification.Matched(101, 1), HOTP.resynchronise(List.of(code(0), code(1)), 100, 12));
        assertEquals(new Verification.Replayed(99), HOTP.resynchronise(List.of(code(8), code(9)), 100, 8));
    }
}
