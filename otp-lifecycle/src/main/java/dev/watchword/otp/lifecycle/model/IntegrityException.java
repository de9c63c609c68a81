package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when stored data fails its integrity check: an encrypted value does not decrypt under its key, or a row
 * contradicts itself. The data was altered, moved or encrypted under other key bytes. Investigate before you
 * restore it.
 */
public final class IntegrityException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and the remedy; never a secret
     * @param cause the cause, or {@code null}
     */
    public IntegrityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
