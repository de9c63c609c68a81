package dev.watchword.otp.app;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a vault or its key store fails. The file cannot be read or written, is damaged, or does not open with the
 * given password or key. This exception says nothing about a code or an answer.
 */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and its remedy
     * @param cause the exception of the platform, or {@code null}
     */
    public VaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
