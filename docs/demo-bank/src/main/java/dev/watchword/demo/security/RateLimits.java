package dev.watchword.demo.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A token bucket for each client address and path. Each instance has its own buckets, so several instances together allow several times
 * the rate.
 */
@Component
class RateLimits {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MAX_BUCKETS = 100_000;

    private final Cache<Key, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();
    private final int postsPerMinute;
    private final TimeMeter time;

    RateLimits(@Value("${bank.rate.posts-per-minute}") int postsPerMinute, Clock clock) {
        this.postsPerMinute = postsPerMinute;
        time = new ClockMeter(clock);
    }

    private record Key(String client, String path) {}

    /**
     * Takes a token for a request.
     *
     * @param client the address of the client
     * @param path the path that is limited
     * @return zero if the request may proceed, otherwise the time until the next one may
     */
    Duration take(String client, String path) {
        ConsumptionProbe probe =
                buckets.get(new Key(client, path), key -> full()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(postsPerMinute).refillGreedy(postsPerMinute, PERIOD))
                .withCustomTimePrecision(time)
                .build();
    }

    /** The time of the application, which the demonstration can move. */
    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
