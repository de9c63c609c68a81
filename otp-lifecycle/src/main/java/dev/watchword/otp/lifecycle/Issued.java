package dev.watchword.otp.lifecycle;

import dev.watchword.otp.OtpSecret;

/**
 * That a software token was issued, and is stored with its event.
 *
 * @param registration how the holder stands after it
 * @param secret what the holder's app makes its codes of. It is shown here once; hand it to the app over a protected
 *     channel and destroy it
 */
public record Issued(Registration registration, OtpSecret secret) implements IssueOutcome {}
