package dev.watchword.otp.lifecycle.internal.operations;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class FailureRuleProperties {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final FeedPolicy POLICY = FeedPolicy.builder()
            .attempts(4)
            .longestDelay(Duration.ofSeconds(60))
            .failingHolders(3)
            .build();

    @Property(tries = 500)
    @Tag("R9.5")
    void onlyAFullCountWithoutDoubtParks(
            @ForAll @IntRange(max = 6) int attempts,
            @ForAll @IntRange(min = 1, max = 5) int holders,
            @ForAll @IntRange(max = 5) int pauses) {
        AfterFailure after = FailureRule.decide(POLICY, FailureCount.of(attempts, holders, pauses, null), NOW);

        if (attempts >= 3 && holders < 3 && pauses == 0) {
            assertInstanceOf(AfterFailure.Park.class, after);
        } else {
            Instant until = after instanceof AfterFailure.Pause pause
                    ? pause.until()
                    : assertInstanceOf(AfterFailure.BackOff.class, after).until();
            assertTrue(until.isAfter(NOW) && !until.isAfter(NOW.plus(POLICY.longestDelay())));
        }
    }
}
