package dev.watchword.otp.lifecycle.spi;

/**
 * A listener to every operation, for the application's metrics. The thread of the operation calls it after the commit, so it
 * should be quick. The library logs what it throws and goes on. It MUST be thread-safe. Nothing that it receives identifies a
 * holder.
 */
@FunctionalInterface
public interface TokenListener {
    /**
     * Receives a finished operation.
     *
     * @param measured the operation, its result and its duration
     */
    void measured(MeasuredOperation measured);
}
