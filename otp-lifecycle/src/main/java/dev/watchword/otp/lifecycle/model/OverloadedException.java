package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when too many password hashes are computed, or too many connections are in use, at once. Nothing was done: nothing
 * is stored, counted or spent. Refuse the request, and repeat it later. A store MAY throw it when it has no free connection.
 */
public final class OverloadedException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and the remedy; never a secret
     * @param cause the cause, or {@code null}
     */
    public OverloadedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
