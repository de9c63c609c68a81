package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when other transactions changed the same data first, and nothing of the change is stored. Within a
 * transaction of the application, roll it back and repeat all of it. Elsewhere the library has already retried
 * many times, so repeat the call later.
 */
public final class LostRaceException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and the remedy; never a secret
     * @param cause the cause, or {@code null}
     */
    public LostRaceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
