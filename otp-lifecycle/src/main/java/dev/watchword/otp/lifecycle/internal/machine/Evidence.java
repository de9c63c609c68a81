package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.Verification;

/**
 * The results of evaluating the factors with which a holder confirms an operation.
 *
 * @param password the confirmation password
 * @param mailCode the mail code
 * @param code the code of the token; {@link Verification#MALFORMED} for an operation without one
 */
public record Evidence(Proof password, Proof mailCode, Verification code) {}
