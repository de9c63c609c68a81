package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a seed file cannot be read to its end: it is malformed or exceeds a limit, its signature is not the
 * manufacturer's, or the key or password does not match. A caller MUST NOT put seeds into stock that were read before
 * it.
 */
public final class SeedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FileProblem kind;

    /**
     * Creates the exception.
     *
     * @param kind the kind of the failure
     * @param message the failure, its position and the remedy; never a secret
     * @param cause the exception of the read; {@code null} if reading threw none, or if it might show content of the
     *     file
     */
    public SeedFileException(FileProblem kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
    }

    /** {@return the kind of the failure} */
    public FileProblem kind() {
        return kind;
    }
}
