package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the store failed and stored nothing of the failed step. An operation of a holder or an operator is one step:
 * refuse the request. The caller may repeat the call, and the holder can use the same code. A job, such as an import or
 * archiving, has many steps, and its earlier steps are stored: run the job again.
 */
public final class StorageException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and the remedy; never a secret
     * @param cause the cause, or {@code null}
     */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
