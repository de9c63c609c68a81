package dev.watchword.otp;

import static dev.watchword.otp.Totp.NO_STEP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.FakeHsm;
import dev.watchword.otp.support.OpaqueKey;
import dev.watchword.otp.support.PeriodicMac;
import dev.watchword.otp.support.RfcSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Properties of {@link Totp} for random instants, windows and spent time steps. */
@Tag("R1.1")
class TotpProperties {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final TotpProfile PROFILE = TotpProfile.of(HmacAlgorithm.SHA1, 9, Duration.ofSeconds(60));
    private static final Totp TOTP = Totp.of(PROFILE, RfcSecrets.of(HmacAlgorithm.SHA1));

    @Property(seed = "1")
    void matchesACodeInTheWindowOnly(
            @ForAll @LongRange(min = -31_557_014_167_219_200L, max = 31_556_889_864_403_199L) long second,
            @ForAll @IntRange(max = TotpWindow.MAX) int past,
            @ForAll @IntRange(max = TotpWindow.MAX) int future,
            @ForAll @IntRange(min = -12, max = 12) int drift) {
        Instant at =
                Instant.ofEpochSecond(Math.max(-31_557_014_167_218_000L, Math.min(second, 31_556_889_864_402_000L)));
        Verification expected = -past <= drift && drift <= future
                ? new Verification.Matched(PROFILE.stepAt(at) + drift, drift)
                : Verification.WRONG;

        String code = TOTP.generate(at.plusSeconds(60L * drift));

        assertEquals(expected, TOTP.verify(code, at, new TotpWindow(past, future), NO_STEP));
    }

    @Property(seed = "1")
    @Tag("R1.2")
    void distinguishesASpentStepFromAFreshOne(
            @ForAll @IntRange(min = -3, max = 3) int drift, @ForAll @IntRange(min = -4, max = 4) int lastDrift) {
        long expected = NOON.getEpochSecond() / 60;
        String code = TOTP.generate(NOON.plusSeconds(60L * drift));

        Verification found = TOTP.verify(code, NOON, new TotpWindow(3, 3), expected + lastDrift);

        assertEquals(
                drift > lastDrift
                        ? new Verification.Matched(expected + drift, drift)
                        : new Verification.Replayed(expected + drift),
                found);
    }

    @Property(seed = "1")
    @Tag("R1.4")
    void comparesTheUnionOfTwoWindows(
            @ForAll @IntRange(max = TotpWindow.MAX) int past,
            @ForAll @IntRange(max = TotpWindow.MAX) int future,
            @ForAll @IntRange(min = -25, max = 25) int drift,
            @ForAll @IntRange(min = -37, max = 37) int shown,
            @ForAll @IntRange(min = -38, max = 38) int lastDrift) {
        long now = NOON.getEpochSecond() / 60;
        boolean compared = (-past <= shown && shown <= future) || (drift - past <= shown && shown <= drift + future);
        Verification fresh = new Verification.Matched(now + shown, shown);
        Verification spent = new Verification.Replayed(now + shown);

        Verification found = TOTP.verify(
                TOTP.generate(NOON.plusSeconds(60L * shown)),
                NOON,
                new TotpWindow(past, future, drift),
                now + lastDrift);

        assertEquals(compared ? (shown > lastDrift ? fresh : spent) : Verification.WRONG, found);
    }

    @Property(seed = "1")
    @Tag("R1.4")
    @Tag("R2.7")
    void aWrongCodeCostsEachComparedStepOnce(
            @ForAll @IntRange(max = TotpWindow.MAX) int past,
            @ForAll @IntRange(max = TotpWindow.MAX) int future,
            @ForAll @IntRange(min = -TotpWindow.MAX_DRIFT, max = TotpWindow.MAX_DRIFT) int drift) {
        TotpWindow window = new TotpWindow(past, future, drift);
        long compared = IntStream.rangeClosed(-TotpWindow.MAX_DRIFT, TotpWindow.MAX_DRIFT)
                .filter(step -> (-past <= step && step <= future) || (drift - past <= step && step <= drift + future))
                .count();
        FakeHsm hsm = new FakeHsm();
        Totp totp = Totp.of(PROFILE, new OpaqueKey("HmacSHA1"), hsm);

        assertEquals(Verification.WRONG, totp.verify("000000000", NOON, window, NO_STEP));

        assertEquals(compared, hsm.evaluations());
        assertEquals(compared, window.steps());
        assertTrue(window.steps() <= 2 * (past + future + 1));
    }

    /** The code at each place of the order repeats behind it, so that a verification finds the places one after another. */
    @Property(seed = "1", tries = 300)
    @Tag("R13.1")
    void theOrderIsThatOfTheSearch(
            @ForAll @IntRange(max = TotpWindow.MAX) int past,
            @ForAll @IntRange(max = TotpWindow.MAX) int future,
            @ForAll @IntRange(min = -TotpWindow.MAX_DRIFT, max = TotpWindow.MAX_DRIFT) int drift,
            @ForAll @IntRange(min = 1, max = 5) int period) {
        TotpWindow window = new TotpWindow(past, future, drift);
        Totp totp = Totp.of(
                TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(1)),
                new OpaqueKey("HmacSHA1"),
                new PeriodicMac(period));
        Instant now = Instant.ofEpochSecond(1_000_000);

        for (int code = 0; code < period; code++) {
            int shown = code;
            Verification expected = IntStream.of(window.order())
                    .filter(step -> Math.floorMod(1_000_000 + step, period) == shown)
                    .mapToObj(step -> (Verification) new Verification.Matched(1_000_000 + step, step))
                    .findFirst()
                    .orElse(Verification.WRONG);
            assertEquals(expected, totp.verify("00000" + code, now, window, NO_STEP));
        }
    }
}
