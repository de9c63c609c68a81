package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import java.time.Instant;

/** The decision after a failed delivery, as a pure function (R9.5). */
final class FailureRule {
    private FailureRule() {}

    /**
     * Decides between a delay, a parked stream and a pause of the consumer.
     *
     * <p>Failures at many holders in a row indicate a fault of the consumer and not of an event. The last of them pauses the
     * consumer, and its attempt does not count. Later attempts do not count either until the consumer succeeds. Otherwise each
     * pause could bring every holder one attempt closer to parking.
     */
    static AfterFailure decide(FeedPolicy policy, FailureCount count, Instant now) {
        Instant pausedUntil = count.pausedUntil();
        if (pausedUntil != null && now.isBefore(pausedUntil)) {
            return new AfterFailure.Pause(pausedUntil, count.pauses());
        }
        if (count.holders() >= policy.failingHolders()) {
            int pauses = count.pauses() + 1;
            return new AfterFailure.Pause(now.plus(policy.delay(pauses)), pauses);
        }
        int attempts = count.attempts() + 1;
        Instant until = now.plus(policy.delay(attempts));
        if (count.pauses() > 0) {
            return new AfterFailure.BackOff(count.attempts(), until);
        }
        return attempts >= policy.attempts()
                ? new AfterFailure.Park(attempts)
                : new AfterFailure.BackOff(attempts, until);
    }
}
