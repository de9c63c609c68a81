package dev.watchword.otp.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * That the infrastructure failed, or a file that was given cannot be read. It says nothing about a code: never treat it
 * as wrong, and never as accepted.
 */
public abstract sealed class WatchwordException extends RuntimeException
        permits StorageException, SealingException, SeedFileException {
    private static final long serialVersionUID = 1L;

    WatchwordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
