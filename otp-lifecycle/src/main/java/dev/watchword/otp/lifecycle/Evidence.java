package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;

/** What the factors showed with which a holder confirms an operation: never the factors themselves. */
record Evidence(Proof password, Proof mailCode, Verification code) {
    /** For operations that are confirmed by a token's code alone. */
    static Evidence of(Verification code) {
        return new Evidence(Proof.NOT_GIVEN, Proof.NOT_GIVEN, code);
    }
}
