package dev.watchword.otp.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * That the store failed, or that it is unknown whether a change was stored. Refuse the request; the holder tries again
 * with the next code.
 */
public final class StorageException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, and what to do
     * @param cause what the storage threw; {@code null} if nothing
     */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
