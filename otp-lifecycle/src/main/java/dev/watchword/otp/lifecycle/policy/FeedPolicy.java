package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a worker of the event feed (R9.5): its leases, the events of one round, and the treatment of failures. All workers
 * of a consumer SHOULD have the same policy. Immutable.
 */
public final class FeedPolicy {
    /**
     * A lease of five minutes, 100 events of a holder in a round, delays from ten seconds to ten minutes, 15 attempts, and a pause
     * after failures at five holders in a row. A stream is parked at the earliest 90 minutes after its first failure.
     */
    public static final FeedPolicy STANDARD = builder().build();

    private final Duration lease;
    private final int eventsOfHolder;
    private final int attempts;
    private final Duration firstDelay;
    private final Duration longestDelay;
    private final int failingHolders;

    private FeedPolicy(Builder builder) {
        lease = requireNonNull(builder.lease, "lease");
        eventsOfHolder = builder.eventsOfHolder;
        attempts = builder.attempts;
        firstDelay = requireNonNull(builder.firstDelay, "firstDelay");
        longestDelay = requireNonNull(builder.longestDelay, "longestDelay");
        failingHolders = builder.failingHolders;
        Require.duration(lease, "lease", Duration.ofSeconds(1), Duration.ofDays(1));
        Require.range(eventsOfHolder, "eventsOfHolder", 1, 1_000, "the events of a holder in one round");
        Require.range(attempts, "attempts", 2, 1_000, "the attempts before a stream is parked");
        Require.duration(firstDelay, "firstDelay", Duration.ofMillis(1), Duration.ofDays(1));
        Require.duration(longestDelay, "longestDelay", firstDelay, Duration.ofDays(1));
        Require.range(failingHolders, "failingHolders", 2, 1_000, "the failing holders that pause a consumer");
    }

    /**
     * Begins to build a policy from the values of {@link #STANDARD}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a changed copy.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        return new Builder()
                .lease(lease)
                .eventsOfHolder(eventsOfHolder)
                .attempts(attempts)
                .firstDelay(firstDelay)
                .longestDelay(longestDelay)
                .failingHolders(failingHolders);
    }

    /**
     * Returns a copy with another lease.
     *
     * @param newLease the time for which a worker leases a holder's events, 1 second to 1 day
     * @return the copy
     * @throws IllegalArgumentException if the lease is out of range
     */
    public FeedPolicy withLease(Duration newLease) {
        return toBuilder().lease(newLease).build();
    }

    /**
     * {@return the time for which a worker leases a holder's events, 1 second to 1 day. Choose it much longer than the handling
     * of an event takes. The clocks of all workers must agree to within a small part of it}
     */
    public Duration lease() {
        return lease;
    }

    /** {@return the greatest number of events of one holder that one round delivers, 1 to 1,000} */
    public int eventsOfHolder() {
        return eventsOfHolder;
    }

    /** {@return the number of failed attempts at one event after which the holder's stream is parked, 2 to 1,000} */
    public int attempts() {
        return attempts;
    }

    /**
     * {@return the delay after the first failed attempt, and the length of the first pause, 1 ms to 1 day. Each further delay or
     * pause is twice as long as the one before}
     */
    public Duration firstDelay() {
        return firstDelay;
    }

    /** {@return the longest delay of a holder and the longest pause of a consumer, at most 1 day} */
    public Duration longestDelay() {
        return longestDelay;
    }

    /** {@return the number of different holders with failures in a row after which the consumer is paused, 2 to 1,000} */
    public int failingHolders() {
        return failingHolders;
    }

    /**
     * Returns the delay after a failed attempt, or the length of a pause.
     *
     * @param failure the number of the attempt or pause, from 1
     * @return the first delay, doubled for each earlier attempt or pause, at most the longest delay
     */
    public Duration delay(int failure) {
        Duration delay = firstDelay;
        for (int i = 1; i < failure && delay.compareTo(longestDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }

    /** {@return the shortest time between the first failed attempt at an event and the parking of its stream} */
    public Duration earliestParking() {
        Duration sum = Duration.ZERO;
        for (int attempt = 1; attempt < attempts; attempt++) {
            sum = sum.plus(delay(attempt));
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FeedPolicy that
                        && lease.equals(that.lease)
                        && eventsOfHolder == that.eventsOfHolder
                        && attempts == that.attempts
                        && firstDelay.equals(that.firstDelay)
                        && longestDelay.equals(that.longestDelay)
                        && failingHolders == that.failingHolders);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lease, eventsOfHolder, attempts, firstDelay, longestDelay, failingHolders);
    }

    @Override
    public String toString() {
        return "FeedPolicy[lease=" + lease + ", eventsOfHolder=" + eventsOfHolder + ", attempts=" + attempts
                + ", firstDelay=" + firstDelay + ", longestDelay=" + longestDelay + ", failingHolders="
                + failingHolders + "]";
    }

    /** Builds a {@link FeedPolicy}. Not thread-safe. */
    public static final class Builder {
        private Duration lease = Duration.ofMinutes(5);
        private int eventsOfHolder = 100;
        private int attempts = 15;
        private Duration firstDelay = Duration.ofSeconds(10);
        private Duration longestDelay = Duration.ofMinutes(10);
        private int failingHolders = 5;

        private Builder() {}

        /**
         * Sets the lease.
         *
         * @param newLease the time for which a worker leases a holder's events, 1 second to 1 day
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lease(Duration newLease) {
            lease = newLease;
            return this;
        }

        /**
         * Sets the greatest number of events of one holder that one round delivers.
         *
         * @param newEventsOfHolder the number, 1 to 1,000
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder eventsOfHolder(int newEventsOfHolder) {
            eventsOfHolder = newEventsOfHolder;
            return this;
        }

        /**
         * Sets the number of failed attempts at one event after which the holder's stream is parked.
         *
         * @param newAttempts the number, 2 to 1,000
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder attempts(int newAttempts) {
            attempts = newAttempts;
            return this;
        }

        /**
         * Sets the delay after the first failed attempt, and the length of the first pause.
         *
         * @param newFirstDelay the delay, 1 ms to 1 day
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder firstDelay(Duration newFirstDelay) {
            firstDelay = newFirstDelay;
            return this;
        }

        /**
         * Sets the longest delay of a holder and the longest pause of a consumer.
         *
         * @param newLongestDelay the delay, from the first delay to 1 day
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder longestDelay(Duration newLongestDelay) {
            longestDelay = newLongestDelay;
            return this;
        }

        /**
         * Sets the number of different holders with failures in a row after which the consumer is paused.
         *
         * @param newFailingHolders the number, 2 to 1,000
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failingHolders(int newFailingHolders) {
            failingHolders = newFailingHolders;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         * @throws NullPointerException if a value is missing; the message names it
         */
        public FeedPolicy build() {
            return new FeedPolicy(this);
        }
    }
}
