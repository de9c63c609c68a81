package dev.watchword.otp.lifecycle.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R9.5")
class FeedPolicyTest {
    private static FeedPolicy.Builder standard() {
        return FeedPolicy.STANDARD.toBuilder();
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        FeedPolicy policy = standard()
                .firstDelay(Duration.ofSeconds(3))
                .longestDelay(Duration.ofSeconds(10))
                .attempts(5)
                .build();

        assertEquals(Duration.ofSeconds(3), policy.delay(1));
        assertEquals(Duration.ofSeconds(6), policy.delay(2));
        assertEquals(Duration.ofSeconds(10), policy.delay(3));
        assertEquals(Duration.ofSeconds(10), policy.delay(Integer.MAX_VALUE));
        assertEquals(Duration.ofSeconds(29), policy.earliestParking());
        assertEquals(
                Duration.ofDays(1),
                standard()
                        .firstDelay(Duration.ofDays(1))
                        .longestDelay(Duration.ofDays(1))
                        .build()
                        .delay(1_000));
    }

    /** A mail server that is down for an hour, for a single holder, parks nothing. */
    @Test
    void theStandardParksAfterMoreThanAnHour() {
        assertTrue(FeedPolicy.STANDARD.earliestParking().compareTo(Duration.ofMinutes(90)) >= 0);
    }

    @Test
    void everyValueHasBounds() {
        List<FeedPolicy.Builder> bad = List.of(
                standard().lease(Duration.ofMillis(999)),
                standard().lease(Duration.ofDays(1).plusSeconds(1)),
                standard().eventsOfHolder(0),
                standard().eventsOfHolder(1_001),
                standard().attempts(1),
                standard().attempts(1_001),
                standard().firstDelay(Duration.ZERO),
                standard().firstDelay(Duration.ofMinutes(11)),
                standard().longestDelay(Duration.ofDays(2)),
                standard().longestDelay(Duration.ofSeconds(9)),
                standard().failingHolders(1),
                standard().failingHolders(1_001));

        bad.forEach(builder -> assertThrows(IllegalArgumentException.class, builder::build));
    }
}
