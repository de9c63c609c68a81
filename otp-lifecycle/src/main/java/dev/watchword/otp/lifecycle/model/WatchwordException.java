package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the infrastructure failed: the store, the keys or the integrity of stored data. The subclass determines what the
 * caller should do. An exception says nothing about a code: never treat it as a wrong code, and never as an accepted one.
 *
 * <ul>
 *   <li>{@link StorageException}: nothing of the failed step was stored; the caller may repeat the call.
 *   <li>{@link LostRaceException}: nothing of the change was stored, because other transactions were faster; repeat the transaction.
 *   <li>{@link UnknownOutcomeException}: the change may be stored or not; read before you repeat the call.
 *   <li>{@link OverloadedException}: nothing was done, because too many calls arrived at once; repeat the call later.
 *   <li>{@link KeyUnavailableException}: a key is missing or unusable; restore it.
 *   <li>{@link IntegrityException}: stored data was altered or moved; investigate.
 * </ul>
 */
public abstract sealed class WatchwordException extends RuntimeException
        permits StorageException,
                LostRaceException,
                UnknownOutcomeException,
                OverloadedException,
                KeyUnavailableException,
                IntegrityException {
    private static final long serialVersionUID = 1L;

    WatchwordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
