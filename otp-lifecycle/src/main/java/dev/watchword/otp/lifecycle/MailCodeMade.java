package dev.watchword.otp.lifecycle;

import java.time.Instant;

/**
 * That a mail code was made. Mail it to the destination, and show the holder the instant and the destination, which the
 * mail shows too.
 *
 * @param code the code, shown here once
 * @param operation what it confirms, and nothing else
 * @param destination where to mail it
 * @param sentAt when it was made
 * @param expiresAt the first instant at which it is dead
 */
public record MailCodeMade(String code, Operation operation, MailAddress destination, Instant sentAt, Instant expiresAt)
        implements MailCodeOutcome {
    /**
     * Tells what it is for, and nothing of the code.
     *
     * @return the operation
     */
    @Override
    public String toString() {
        return "MailCodeMade[" + operation + ", until " + expiresAt + "]";
    }
}
