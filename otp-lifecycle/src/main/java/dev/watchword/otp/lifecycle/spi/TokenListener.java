package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.ServiceId;

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

    /**
     * Begins an operation, for a listener that traces it. The thread of the operation calls it before the operation reads anything,
     * and later tells the returned listener of the end. An operation that is refused as malformed before it reads anything has no
     * beginning: this listener receives it as measured.
     *
     * @param serviceId the institution
     * @param operation the name of the operation, as in {@link MeasuredOperation#operation}
     * @return the listener to the end of this operation; this listener by default
     */
    default TokenListener begin(ServiceId serviceId, String operation) {
        return this;
    }
}
