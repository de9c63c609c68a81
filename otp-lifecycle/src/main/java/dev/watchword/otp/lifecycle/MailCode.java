package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A code that was mailed to a holder to confirm one request, as it is stored. Immutable.
 *
 * @param hash its sealed hash
 * @param operation what it confirms
 * @param destination where it was mailed
 * @param sentAt when it was made
 * @param expiresAt the first instant at which it is dead
 */
public record MailCode(
        SealedSecret hash, Operation operation, MailAddress destination, Instant sentAt, Instant expiresAt) {
    /** Creates a mail code from what a store kept. */
    public MailCode {
        requireNonNull(hash, "hash");
        requireNonNull(operation, "operation");
        requireNonNull(destination, "destination");
        requireNonNull(sentAt, "sentAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
