package dev.watchword.otp.lifecycle.spi;

/**
 * A listener to the operations of holders and operators, for the application's metrics. The thread of the operation calls it after
 * the commit, so it should be quick. It MUST be thread-safe. Nothing that it receives identifies a holder.
 *
 * <p>A listener changes nothing: the library logs anything that it throws, errors included, and the result of the operation does
 * not change.
 *
 * <p>The listener does not receive operations within a transaction of the application, because the transaction may roll back. Such
 * operations run on a view that {@link dev.watchword.otp.lifecycle.Institution#within} returned.
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
