package dev.watchword.otp.lifecycle.seeds;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a seed file cannot be read to its end: it is malformed or exceeds a limit, its signature is not the
 * maker's, or the key or password does not match. A caller MUST NOT put seeds into stock that were read before it.
 */
public final class SeedFileException extends RuntimeException {
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
