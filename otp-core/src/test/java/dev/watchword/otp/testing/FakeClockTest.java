package dev.watchword.otp.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.TotpProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of {@link FakeClock}: its moves, its views and its use by several threads. */
@Tag("R11.1")
class FakeClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private final FakeClock clock = FakeClock.at(NOON);

    @Test
    void standsStillUntilItIsMoved() {
        assertEquals(NOON, clock.instant());
        assertEquals(NOON, clock.instant());
        assertEquals(NOON.toEpochMilli(), clock.millis());
        assertEquals(clock.instant(), FakeClock.at("2026-11-23T12:00:00Z").instant());
        assertEquals("FakeClock[2026-11-23T12:00:00Z, Z]", clock.toString());
        assertThrows(DateTimeParseException.class, () -> FakeClock.at("noon"));
    }

    @Test
    void movesForwardAndBack() {
        assertEquals(NOON.plusSeconds(90), clock.advance(Duration.ofSeconds(90)));
        assertEquals(NOON, clock.advance(Duration.ofSeconds(-90)));
        clock.set(Instant.EPOCH);
        assertEquals(Instant.EPOCH, clock.instant());
    }

    @Test
    void movesToTheNextStep() {
        assertEquals(NOON.plusSeconds(60), clock.toNextStep(TotpProfile.BANK));
        clock.advance(Duration.ofMillis(59_999));
        assertEquals(NOON.plusSeconds(120), clock.toNextStep(TotpProfile.BANK));
        clock.set(Instant.ofEpochSecond(-61));
        assertEquals(Instant.ofEpochSecond(-60), clock.toNextStep(TotpProfile.BANK));
    }

    @Test
    void sharesItsTimeWithItsViewsInOtherZones() {
        FakeClock view = clock.withZone(TOKYO);
        clock.advance(Duration.ofHours(1));
        view.advance(Duration.ofHours(1));

        assertEquals(NOON.plusSeconds(7200), clock.instant());
        assertEquals(clock.instant(), view.instant());
        assertEquals(ZoneOffset.UTC, clock.getZone());
        assertEquals(TOKYO, view.getZone());
    }

    @Test
    void isEqualIfItSharesItsTimeAndZone() {
        assertEquals(clock, clock.withZone(TOKYO).withZone(ZoneOffset.UTC));
        assertEquals(clock.hashCode(), clock.withZone(ZoneOffset.UTC).hashCode());
        assertNotEquals(clock, clock.withZone(TOKYO));
        assertNotEquals(clock, FakeClock.at(NOON));
    }

    @Test
    void losesNoConcurrentMove() throws Exception {
        Callable<Instant> move = () -> clock.advance(Duration.ofSeconds(1));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            long distinct = threads.invokeAll(Collections.nCopies(1000, move)).stream()
                    .map(FakeClockTest::result)
                    .distinct()
                    .count();
            assertEquals(1000, distinct);
        } finally {
            threads.shutdown();
        }
        assertEquals(NOON.plusSeconds(1000), clock.instant());
    }

    private static Instant result(java.util.concurrent.Future<Instant> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
