package dev.watchword.otp.lifecycle;

import org.jspecify.annotations.Nullable;

/** That a secret could not be sealed or opened: a key is missing or another, or the stored bytes were changed or moved. */
public final class SealingException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, and what to do
     * @param cause what the cryptography threw; {@code null} if nothing
     */
    public SealingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
