package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every operation of a service, for the application's metrics. It is called by the thread of the operation, after
 * what it changed was committed, so it should be quick; what it throws is logged and changes nothing. Must be safe for use by
 * several threads. Nothing that it is told identifies a holder.
 */
@FunctionalInterface
public interface TokenListener {
    /**
     * Takes note of an operation.
     *
     * @param measured what was done, and how long it took
     */
    void measured(Measured measured);

    /**
     * One operation.
     *
     * @param operation its name, such as {@code verify} or {@code revoke-by-operator}: one of some two dozen
     * @param refusal why it was refused; {@code null} if it was not
     * @param failed whether it failed for the infrastructure, with an exception
     * @param tries how often it was decided; more than 1 if others were faster, 0 if it failed or was refused before
     * @param time how long it took by the service's clock, reading and committing included; never negative
     */
    record Measured(String operation, @Nullable Refusal refusal, boolean failed, int tries, Duration time) {
        /** Creates the value. */
        public Measured {
            requireNonNull(operation, "operation");
            requireNonNull(time, "time");
        }
    }
}
