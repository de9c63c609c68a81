package dev.watchword.otp.app;

import org.jspecify.annotations.Nullable;

/**
 * That a vault or the key over it failed: a file cannot be read or written, was damaged, or does not open with the password
 * or the key at hand. It says nothing about a code or an answer.
 */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, and what to do
     * @param cause what the platform threw; {@code null} if nothing
     */
    public VaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
