package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.SecretText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mail code for one request. Mail it to the destination. The mail and the screen both show the instant and the
 * destination. Immutable.
 */
public final class CreatedMailCode {
    private final SecretText code;
    private final Operation operation;
    private final MailAddress destination;
    private final Instant sentAt;
    private final Instant expiresAt;

    private CreatedMailCode(
            SecretText code, Operation operation, MailAddress destination, Instant sentAt, Instant expiresAt) {
        this.code = requireNonNull(code, "code");
        this.operation = requireNonNull(operation, "operation");
        this.destination = requireNonNull(destination, "destination");
        this.sentAt = requireNonNull(sentAt, "sentAt");
        this.expiresAt = requireNonNull(expiresAt, "expiresAt");
    }

    static CreatedMailCode of(
            SecretText code, Operation operation, MailAddress destination, Instant sentAt, Instant expiresAt) {
        return new CreatedMailCode(code, operation, destination, sentAt, expiresAt);
    }

    /** {@return the code, 8 digits} */
    public SecretText code() {
        return code;
    }

    /** {@return the only operation that the code confirms} */
    public Operation operation() {
        return operation;
    }

    /** {@return the address to mail the code to} */
    public MailAddress destination() {
        return destination;
    }

    /** {@return the instant at which the code was created} */
    public Instant sentAt() {
        return sentAt;
    }

    /** {@return the first instant at which the code is no longer accepted} */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CreatedMailCode that
                        && code.equals(that.code)
                        && operation.equals(that.operation)
                        && destination.equals(that.destination)
                        && sentAt.equals(that.sentAt)
                        && expiresAt.equals(that.expiresAt));
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, operation, destination, sentAt, expiresAt);
    }

    @Override
    public String toString() {
        return "CreatedMailCode[code=" + code + ", operation=" + operation + ", destination=" + destination
                + ", sentAt=" + sentAt + ", expiresAt=" + expiresAt + "]";
    }
}
