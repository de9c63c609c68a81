package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a key is missing from the key source, cannot be read, is not fit for its use, or has other bytes than its stored
 * check value (R10.4). A {@link dev.watchword.otp.lifecycle.spi.KeySource} MAY throw it. Restore the key. Nothing of this
 * change is stored, so no code is spent, and no failure is counted.
 */
public final class KeyUnavailableException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and the remedy; never a secret
     * @param cause the cause, or {@code null}
     */
    public KeyUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
