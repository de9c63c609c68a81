package dev.watchword.otp.lifecycle.internal.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R9.5")
class FailureRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final FeedPolicy POLICY = FeedPolicy.builder()
            .attempts(4)
            .firstDelay(Duration.ofSeconds(10))
            .longestDelay(Duration.ofSeconds(60))
            .failingHolders(3)
            .build();

    private static AfterFailure decide(int attempts, int holders, int pauses, @Nullable Instant pausedUntil) {
        return FailureRule.decide(POLICY, FailureCount.of(attempts, holders, pauses, pausedUntil), NOW);
    }

    private static AfterFailure backOff(int attempts, int seconds) {
        return new AfterFailure.BackOff(attempts, NOW.plusSeconds(seconds));
    }

    private static AfterFailure pause(int pauses, int seconds) {
        return new AfterFailure.Pause(NOW.plusSeconds(seconds), pauses);
    }

    @Test
    void delaysDoubleUntilTheLastAttempt() {
        assertEquals(backOff(1, 10), decide(0, 1, 0, null));
        assertEquals(backOff(2, 20), decide(1, 1, 0, null));
        assertEquals(backOff(3, 40), decide(2, 2, 0, null));
        assertEquals(new AfterFailure.Park(4), decide(3, 2, 0, null));
        assertEquals(new AfterFailure.Park(5), decide(4, 1, 0, null));
    }

    @Test
    void manyHoldersPauseTheConsumerInsteadOfParking() {
        assertEquals(pause(1, 10), decide(0, 3, 0, null));
        assertEquals(pause(1, 10), decide(3, 3, 0, null));
        assertEquals(pause(2, 20), decide(3, 4, 1, NOW));
        assertEquals(pause(3, 40), decide(0, 3, 2, NOW.minusSeconds(1)));
        assertEquals(pause(9, 60), decide(0, 3, 8, null));
    }

    @Test
    void noAttemptCountsBetweenAPauseAndASuccess() {
        assertEquals(backOff(0, 10), decide(0, 1, 1, NOW));
        assertEquals(backOff(3, 60), decide(3, 2, 7, NOW));
    }

    @Test
    void aFailureDuringAPauseJoinsIt() {
        Instant until = NOW.plusSeconds(1);
        assertEquals(new AfterFailure.Pause(until, 4), decide(3, 1, 4, until));
        assertEquals(new AfterFailure.Pause(until, 4), decide(0, 9, 4, until));
    }
}
