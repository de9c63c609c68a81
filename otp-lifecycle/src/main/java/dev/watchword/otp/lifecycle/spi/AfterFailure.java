package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** The change that follows a failed delivery: a delay for the holder, a parked stream, or a pause of the consumer. */
public sealed interface AfterFailure {
    /**
     * The event is due again at an instant.
     *
     * @param attempts the counted failed attempts, this one included if it counts
     * @param until the instant
     */
    record BackOff(int attempts, Instant until) implements AfterFailure {
        /** Creates the value. */
        public BackOff {
            requireNonNull(until, "until");
        }
    }

    /**
     * The holder's events wait for an operator.
     *
     * @param attempts the counted failed attempts, this one included
     */
    record Park(int attempts) implements AfterFailure {}

    /**
     * The consumer receives no events until an instant. The failed event is due again at that instant, and the attempt does not
     * count.
     *
     * @param until the instant
     * @param pauses the number of pauses since the last success
     */
    record Pause(Instant until, int pauses) implements AfterFailure {
        /** Creates the value. */
        public Pause {
            requireNonNull(until, "until");
        }
    }
}
