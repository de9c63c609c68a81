package dev.watchword.demo.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A token bucket for each client address and path, and one for each login name. Each instance has its own buckets, so several instances together allow several times
 * the rate.
 */
@Component
class RateLimits {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration PERIOD_OF_NAME = Duration.ofMinutes(10);
    private static final int MAX_BUCKETS = 100_000;
    private static final int IPV6_BYTES = 16;

    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(PERIOD_OF_NAME)
            .build();
    private final int postsPerMinute;
    private final int loginsOfName;
    private final TimeMeter time;

    RateLimits(
            @Value("${bank.rate.posts-per-minute}") int postsPerMinute,
            @Value("${bank.rate.logins-of-name-in-10-minutes}") int loginsOfName,
            Clock clock) {
        this.postsPerMinute = postsPerMinute;
        this.loginsOfName = loginsOfName;
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
        return take(buckets.get(new Key(network(client), path), key -> full(postsPerMinute, PERIOD)));
    }

    /**
     * Takes a token for a login, whether its password is right or not.
     *
     * @param name the login name that was typed
     * @param path the path of the login
     * @return zero if the request may proceed, otherwise the time until the next one may
     */
    Duration takeForName(String name, String path) {
        return take(buckets.get(new Key("name " + name, path), key -> full(loginsOfName, PERIOD_OF_NAME)));
    }

    private static Duration take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    /** Returns the first 64 bits of an IPv6 address, because a client has a whole network of them, and any other address unchanged. */
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress(); // a colon is never in a host name
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, IPV6_BYTES / 2) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private Bucket full(int capacity, Duration period) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period))
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
