package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.lifecycle.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The wait between the end of a provisioned software token and the provisioning of another app for the same holder. The
 * thief of a phone then cannot provision another one before the holder notices. Immutable.
 */
public sealed interface ProvisioningWait {
    /** No wait. */
    ProvisioningWait NONE = new Lasting(Duration.ZERO);

    /** Until the next calendar day in the time zone of the institution. */
    ProvisioningWait NEXT_DAY = new NextDay();

    /**
     * Returns a wait of a fixed time.
     *
     * @param time the time, zero to 30 days
     * @return the wait
     * @throws IllegalArgumentException if the time is out of range
     */
    static ProvisioningWait of(Duration time) {
        return new Lasting(time);
    }

    /**
     * Returns the first instant at which an app can be provisioned.
     *
     * @param endedAt the instant at which the last provisioned software token ended
     * @param zone the time zone of the institution
     * @return the instant
     */
    Instant after(Instant endedAt, ZoneId zone);

    /**
     * A wait of a fixed time.
     *
     * @param time the time, zero to 30 days
     */
    record Lasting(Duration time) implements ProvisioningWait {
        /**
         * Creates a wait.
         *
         * @throws IllegalArgumentException if the time is out of range
         */
        public Lasting {
            Require.duration(time, "time", Duration.ZERO, Duration.ofDays(30));
        }

        @Override
        public Instant after(Instant endedAt, ZoneId zone) {
            return endedAt.plus(time);
        }
    }

    /** A wait until the next calendar day. Use {@link #NEXT_DAY}. */
    record NextDay() implements ProvisioningWait {
        @Override
        public Instant after(Instant endedAt, ZoneId zone) {
            return endedAt.atZone(zone)
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant();
        }
    }
}
