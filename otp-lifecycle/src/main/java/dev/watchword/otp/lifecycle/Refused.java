package dev.watchword.otp.lifecycle;

/**
 * That an operation was refused. If the refusal is charged, the charge is stored with its event.
 *
 * @param refusal why
 * @param triesLeft how many wrong codes the holder's token can still take; 0 if it is suspended or there is none
 * @param registration how the holder stands after it
 */
public record Refused(Refusal refusal, int triesLeft, Registration registration) implements Outcome, IssueOutcome {}
