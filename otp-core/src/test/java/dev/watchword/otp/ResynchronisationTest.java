package dev.watchword.otp;

import static dev.watchword.otp.Totp.NO_STEP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.support.FakeHsm;
import dev.watchword.otp.support.OpaqueKey;
import dev.watchword.otp.support.RfcSecrets;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the resynchronisation of {@link Totp} and {@link Hotp}, and of windows around a drifted clock. */
@Tag("R1.4")
class ResynchronisationTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long NOW = TotpProfile.BANK.stepAt(NOON);
    private static final Totp TOTP = Totp.of(TotpProfile.BANK, RfcSecrets.of(HmacAlgorithm.SHA1));
    private static final Hotp HOTP = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), RfcSecrets.of(HmacAlgorithm.SHA1));

    private static String code(long drift) {
        return TOTP.generate(NOON.plusSeconds(60 * drift));
    }

    private static Verification matched(int drift) {
        return new Verification.Matched(NOW + drift, drift);
    }

    @ParameterizedTest
    @ValueSource(ints = {-99, -50, -1, 0, 1, 2, 50, 100})
    void findsTwoOrThreeConsecutiveCodes(int drift) {
        assertEquals(matched(drift), TOTP.resynchronise(List.of(code(drift - 1), code(drift)), NOON, 100, NO_STEP));
        assertEquals(
                matched(drift),
                TOTP.resynchronise(List.of(code(drift - 2), code(drift - 1), code(drift)), NOON, 101, NO_STEP));
    }

    @Test
    void searchesTheWholeRangeOnly() {
        assertEquals(matched(100), TOTP.resynchronise(List.of(code(99), code(100)), NOON, 100, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(100), code(101)), NOON, 100, NO_STEP));
        assertEquals(matched(-99), TOTP.resynchronise(List.of(code(-100), code(-99)), NOON, 100, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(-101), code(-100)), NOON, 100, NO_STEP));
    }

    @Test
    void rejectsCodesThatAreNotConsecutive() {
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(5), code(5)), NOON, 100, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(5), code(7)), NOON, 100, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(6), code(5)), NOON, 100, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(5), code(6), code(8)), NOON, 100, NO_STEP));
    }

    /** The search must not mistake a code of zeros for a step that it has not reached yet. */
    @Test
    void doesNotMatchCodesBeforeTheRange() {
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of("00000000", code(-100)), NOON, 100, NO_STEP));
        assertEquals(Verification.WRONG, HOTP.resynchronise(List.of("000000", "755224"), 0, 100));
    }

    @Test
    void searchesTheSmallestAndTheLargestRange() {
        assertEquals(matched(1), TOTP.resynchronise(List.of(code(0), code(1)), NOON, 1, NO_STEP));
        assertEquals(matched(10_000), TOTP.resynchronise(List.of(code(9_999), code(10_000)), NOON, 10_000, NO_STEP));
    }

    @Test
    @Tag("R1.2")
    void rejectsCodesIfOneOfThemIsSpent() {
        List<String> codes = List.of(code(5), code(6));

        assertEquals(matched(6), TOTP.resynchronise(codes, NOON, 100, NOW + 4));
        assertEquals(new Verification.Replayed(NOW + 5), TOTP.resynchronise(codes, NOON, 100, NOW + 5));
        assertEquals(new Verification.Replayed(NOW + 6), TOTP.resynchronise(codes, NOON, 100, NOW + 6));
        assertEquals(new Verification.Replayed(NOW + 6), TOTP.resynchronise(codes, NOON, 100, NOW + 99));
        assertEquals(Verification.WRONG, TOTP.resynchronise(List.of(code(5), code(7)), NOON, 100, NOW + 99));
    }

    @Test
    @Tag("R1.2")
    void rejectsCountersIfOneOfThemIsSpent() {
        assertEquals(new Verification.Replayed(99), HOTP.resynchronise(counters(99, 100), 100, 50));
        assertEquals(new Verification.Replayed(99), HOTP.resynchronise(counters(98, 99), 100, 50));
        assertEquals(new Verification.Replayed(99), HOTP.resynchronise(counters(98, 99, 100), 100, 50));
        assertEquals(new Verification.Replayed(0), HOTP.resynchronise(counters(0, 1), 1, 50));
        assertEquals(
                new Verification.Replayed(Long.MAX_VALUE - 1),
                HOTP.resynchronise(counters(Long.MAX_VALUE - 1, Long.MAX_VALUE), Long.MAX_VALUE, 50));
    }

    @Test
    @Tag("R1.2")
    void looksBackOverTenSpentCounters() {
        int back = Hotp.RESYNCHRONISATION_LOOK_BACK;

        assertEquals(new Verification.Replayed(91), HOTP.resynchronise(counters(90, 91), 100, 50));
        assertEquals(10, back);
        assertEquals(Verification.WRONG, HOTP.resynchronise(counters(89, 90), 100, 50));
        assertEquals(Verification.WRONG, HOTP.resynchronise(counters(89, 90, 91), 100, 50));
    }

    private static List<String> counters(long... counters) {
        return LongStream.of(counters).mapToObj(HOTP::generate).toList();
    }

    /** The time of a resynchronisation reveals neither the clock nor the counter. */
    @Test
    void alwaysCostsTheWholeRange() {
        FakeHsm hsm = new FakeHsm();
        Totp totp = Totp.of(TotpProfile.BANK, new OpaqueKey("HmacSHA1"), hsm);
        for (long spent : new long[] {NO_STEP, NOW + 4, NOW + 5, NOW + 9}) {
            int before = hsm.evaluations();
            Verification found = totp.resynchronise(List.of(code(5), code(6)), NOON, 100, spent);
            assertEquals(spent < NOW + 5, found instanceof Verification.Matched);
            assertEquals(201, hsm.evaluations() - before);
        }
        Hotp hotp = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), new OpaqueKey("HmacSHA1"), hsm);
        for (long counter :
                new long[] {0, 1, 9, 10, 11, 1_000, Long.MAX_VALUE - 100, Long.MAX_VALUE - 5, Long.MAX_VALUE}) {
            for (List<String> codes : List.of(List.of("755224", "287082"), List.of("755224", "755224"))) {
                int before = hsm.evaluations();
                Verification found = hotp.resynchronise(codes, counter, 100);
                assertEquals(counter == 0 && codes.get(1).equals("287082"), found instanceof Verification.Matched);
                assertEquals(111, hsm.evaluations() - before);
            }
        }
    }

    @Test
    void rejectsMalformedCodesAndRangesOutOfBounds() {
        assertEquals(Verification.MALFORMED, TOTP.resynchronise(List.of(code(5), "１２３４５６７８"), NOON, 100, NO_STEP));
        assertEquals(Verification.MALFORMED, HOTP.resynchronise(List.of("", "755224"), 0, 100));
        for (int range : new int[] {-1, 0, 10_001}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TOTP.resynchronise(List.of(code(0), code(1)), NOON, range, NO_STEP));
            assertThrows(
                    IllegalArgumentException.class, () -> HOTP.resynchronise(List.of("755224", "287082"), 0, range));
        }
        for (List<String> codes : List.of(List.<String>of(), List.of(code(0)), List.of("", "", "", ""))) {
            assertThrows(IllegalArgumentException.class, () -> TOTP.resynchronise(codes, NOON, 100, NO_STEP));
            assertThrows(IllegalArgumentException.class, () -> HOTP.resynchronise(codes, 0, 100));
        }
        assertThrows(IllegalArgumentException.class, () -> HOTP.resynchronise(List.of("755224", "287082"), -1, 100));
    }

    @Test
    void findsACounterFarAheadAndNeverBehind() {
        List<String> codes = List.of(HOTP.generate(499), HOTP.generate(500));

        assertEquals(new Verification.Matched(500, 500), HOTP.resynchronise(codes, 0, 500));
        assertEquals(new Verification.Matched(500, 1), HOTP.resynchronise(codes, 499, 500));
        assertEquals(Verification.WRONG, HOTP.resynchronise(codes, 0, 499));
        assertEquals(new Verification.Replayed(499), HOTP.resynchronise(codes, 500, 500));
        assertEquals(
                new Verification.Matched(Long.MAX_VALUE, 3),
                HOTP.resynchronise(
                        List.of(HOTP.generate(Long.MAX_VALUE - 1), HOTP.generate(Long.MAX_VALUE)),
                        Long.MAX_VALUE - 3,
                        10_000));
    }

    @Test
    void acceptsTheStepsAroundADriftedClock() {
        TotpWindow window = new TotpWindow(1, 2).withDrift(-40);

        assertEquals(matched(-40), TOTP.verify(code(-40), NOON, window, NO_STEP));
        assertEquals(matched(-41), TOTP.verify(code(-41), NOON, window, NO_STEP));
        assertEquals(matched(-38), TOTP.verify(code(-38), NOON, window, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.verify(code(-42), NOON, window, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.verify(code(-37), NOON, window, NO_STEP));
        assertEquals(new Verification.Replayed(NOW - 40), TOTP.verify(code(-40), NOON, window, NOW - 40));
    }

    /** A drift can be learned wrongly, so it does not exclude a clock that is right. */
    @Test
    void acceptsTheStepsAroundTheInstantDespiteADrift() {
        for (int drift : new int[] {-10_000, -40, -2, -1, 1, 2, 40, 10_000}) {
            TotpWindow window = new TotpWindow(1, 2).withDrift(drift);

            assertEquals(matched(-1), TOTP.verify(code(-1), NOON, window, NO_STEP));
            assertEquals(matched(0), TOTP.verify(code(0), NOON, window, NO_STEP));
            assertEquals(matched(2), TOTP.verify(code(2), NOON, window, NO_STEP));
            assertEquals(new Verification.Replayed(NOW), TOTP.verify(code(0), NOON, window, NOW));
        }
        TotpWindow window = new TotpWindow(1, 2).withDrift(-40);
        assertEquals(Verification.WRONG, TOTP.verify(code(-2), NOON, window, NO_STEP));
        assertEquals(Verification.WRONG, TOTP.verify(code(3), NOON, window, NO_STEP));
    }

    @Test
    void boundsTheDrift() {
        assertEquals(-10_000, TotpWindow.ONE_STEP.withDrift(-10_000).drift());
        assertEquals(10_000, TotpWindow.ONE_STEP.withDrift(10_000).drift());
        assertThrows(IllegalArgumentException.class, () -> TotpWindow.ONE_STEP.withDrift(10_001));
        assertThrows(IllegalArgumentException.class, () -> TotpWindow.ONE_STEP.withDrift(-10_001));
    }
}
