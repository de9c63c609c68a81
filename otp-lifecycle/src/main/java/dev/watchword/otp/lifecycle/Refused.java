package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an operation was refused. If the refusal is charged, the charge is stored with its event.
 *
 * @param refusal why
 * @param triesLeft how many wrong codes the holder's token in use, or the one that waits if none is, can still take; 0 if
 *     it is suspended or there is none
 * @param notBefore the instant from which it may be asked for again; {@code null} unless it was too soon or too early
 * @param registration how the holder stands after it
 */
public record Refused(
        Refusal refusal, int triesLeft, @Nullable Instant notBefore, Registration registration)
        implements Outcome, IssueOutcome, MailCodeOutcome {}
