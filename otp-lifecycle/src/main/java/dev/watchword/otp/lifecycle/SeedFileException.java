package dev.watchword.otp.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * That a seed file cannot be read, or not any further: it is malformed or beyond a limit, its signature is not the
 * maker's, or its key or password is another. Nothing that was read from it before may become stock.
 */
public final class SeedFileException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, where, and what to do; nothing secret
     * @param cause what reading threw; {@code null} if nothing, or if it might show what is in the file
     */
    public SeedFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
