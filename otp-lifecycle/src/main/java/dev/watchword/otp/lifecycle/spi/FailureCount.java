package dev.watchword.otp.lifecycle.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The counts of a consumer of the event feed when another failure occurs. Immutable. */
public final class FailureCount {
    private final int attempts;
    private final int holders;
    private final int pauses;
    private final @Nullable Instant pausedUntil;

    private FailureCount(int attempts, int holders, int pauses, @Nullable Instant pausedUntil) {
        this.attempts = attempts;
        this.holders = holders;
        this.pauses = pauses;
        this.pausedUntil = pausedUntil;
    }

    /**
     * Creates the value.
     *
     * @param attempts the counted earlier attempts that failed at the same event, from 0
     * @param holders the number of different holders, this one included, at whose events the consumer failed since its last success
     *     or its last pause
     * @param pauses the number of pauses since the last success
     * @param pausedUntil the instant until which the consumer is paused, possibly in the past; {@code null} if it is not paused
     * @return the value
     */
    public static FailureCount of(int attempts, int holders, int pauses, @Nullable Instant pausedUntil) {
        return new FailureCount(attempts, holders, pauses, pausedUntil);
    }

    /** {@return the counted earlier attempts that failed at the same event, from 0} */
    public int attempts() {
        return attempts;
    }

    /**
     * {@return the number of different holders, this one included, at whose events the consumer failed since its last success or
     * its last pause}
     */
    public int holders() {
        return holders;
    }

    /** {@return the number of pauses since the last success} */
    public int pauses() {
        return pauses;
    }

    /** {@return the instant until which the consumer is paused, possibly in the past; {@code null} if it is not paused} */
    public @Nullable Instant pausedUntil() {
        return pausedUntil;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FailureCount that
                        && attempts == that.attempts
                        && holders == that.holders
                        && pauses == that.pauses
                        && Objects.equals(pausedUntil, that.pausedUntil));
    }

    @Override
    public int hashCode() {
        return Objects.hash(attempts, holders, pauses, pausedUntil);
    }

    @Override
    public String toString() {
        return "FailureCount[attempts=" + attempts + ", holders=" + holders + ", pauses=" + pauses + ", pausedUntil="
                + pausedUntil + "]";
    }
}
