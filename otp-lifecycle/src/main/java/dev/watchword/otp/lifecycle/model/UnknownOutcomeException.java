package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when it is unknown whether a change was stored, because the connection or the server failed during the
 * commit. Refuse the request. Read the registration or the history before you repeat the call: a code may already
 * be spent.
 */
public final class UnknownOutcomeException extends WatchwordException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failure and the remedy; never a secret
     * @param cause the cause, or {@code null}
     */
    public UnknownOutcomeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
