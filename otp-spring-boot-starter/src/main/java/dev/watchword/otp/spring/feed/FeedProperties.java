package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties of the event feed.
 *
 * @param enabled Whether this node delivers events.
 * @param lease The time for which a worker has the events of a holder for itself. Choose it much longer than the handling of an event.
 * @param delay The time between two rounds that found nothing.
 * @param attempts The number of failed attempts at an event after which the events of its holder wait for an operator.
 * @param firstDelay The delay after the first failed attempt. Each next one is twice as long.
 * @param longestDelay The longest delay after a failed attempt.
 * @param failingHolders The number of holders with a failure in a row that pauses the consumer.
 * @param eventsOfHolder The greatest number of events of one holder in a round.
 */
@ConfigurationProperties("watchword.feed")
record FeedProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("1s") Duration delay,
        @Nullable Integer attempts,
        @Nullable Duration firstDelay,
        @Nullable Duration longestDelay,
        @Nullable Integer failingHolders,
        @Nullable Integer eventsOfHolder) {
    /** The time between two rounds that found nothing. A value out of its range stops the start. */
    Duration checkedDelay() {
        if (delay.toMillis() < 1) {
            throw wrong("delay", delay, "must be at least 1 millisecond");
        }
        return delay;
    }

    /** The policy of the workers. A value out of its range stops the start with an analysis that names its property. */
    FeedPolicy policy() {
        FeedPolicy policy = FeedPolicy.STANDARD;
        policy = with(policy, "lease", lease, FeedPolicy.Builder::lease);
        policy = with(policy, "attempts", attempts, FeedPolicy.Builder::attempts);
        if (firstDelay != null && longestDelay != null) {
            // each may be out of the range that the preset of the other allows
            FeedPolicy.Builder both = policy.toBuilder().longestDelay(longestDelay);
            policy = with(both, "first-delay", firstDelay, FeedPolicy.Builder::firstDelay);
        } else {
            policy = with(policy, "first-delay", firstDelay, FeedPolicy.Builder::firstDelay);
            policy = with(policy, "longest-delay", longestDelay, FeedPolicy.Builder::longestDelay);
        }
        policy = with(policy, "failing-holders", failingHolders, FeedPolicy.Builder::failingHolders);
        return with(policy, "events-of-holder", eventsOfHolder, FeedPolicy.Builder::eventsOfHolder);
    }

    private static <V> FeedPolicy with(
            FeedPolicy policy, String property, @Nullable V value, BiFunction<FeedPolicy.Builder, V, ?> part) {
        return value == null ? policy : with(policy.toBuilder(), property, value, part);
    }

    private static <V> FeedPolicy with(
            FeedPolicy.Builder builder, String property, V value, BiFunction<FeedPolicy.Builder, V, ?> part) {
        try {
            Object unused = part.apply(builder, value);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw wrong(property, value, String.valueOf(e.getMessage()));
        }
    }

    private static InvalidConfigurationPropertyValueException wrong(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("watchword.feed." + property, value, reason);
    }
}
