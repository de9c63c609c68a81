package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.Verification;

/** The result of comparing a response with a signing request. */
public sealed interface Signature {
    /** The details that are about to be executed differ from those of the request. The response was not evaluated. */
    record OtherDetails() implements Signature {}

    /**
     * The response is a replay: its counter or time step is spent.
     */
    record Replayed() implements Signature {}

    /**
     * The response was evaluated with the token's signing key.
     *
     * @param response the result
     */
    record Signed(OcraVerification response) implements Signature {}

    /**
     * An ordinary code was evaluated.
     *
     * @param code the result
     */
    record ByCode(Verification code) implements Signature {}
}
