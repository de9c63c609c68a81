package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.SealedSecret;

/** The changes of a holder's credentials. */
final class CredentialTransitions {
    private CredentialTransitions() {}

    /** Sets the confirmation password and resets its failures. */
    static Credentials withPassword(Credentials credentials, SealedSecret hash) {
        return credentials.toBuilder().password(hash).passwordFailures(0).build();
    }

    /** Replaces the mail code. Its failure counter stays (NIST SP 800-63B-4 §3.1.3.2). */
    static Credentials withMailCode(Credentials credentials, MailCode code) {
        return credentials.toBuilder().mailCode(code).build();
    }

    static Credentials passwordFailed(Credentials credentials) {
        return credentials.toBuilder()
                .passwordFailures(credentials.passwordFailures() + 1)
                .build();
    }

    static Credentials mailCodeFailed(Credentials credentials) {
        return credentials.toBuilder()
                .mailCodeFailures(credentials.mailCodeFailures() + 1)
                .build();
    }

    static Credentials passwordUsed(Credentials credentials) {
        return credentials.toBuilder().passwordFailures(0).build();
    }

    /** Removes the mail code and resets its failures. */
    static Credentials mailCodeUsed(Credentials credentials) {
        return credentials.toBuilder().mailCode(null).mailCodeFailures(0).build();
    }

    /** Removes the mail code. Its failure counter stays. */
    static Credentials withoutMailCode(Credentials credentials) {
        return credentials.toBuilder().mailCode(null).build();
    }

    /** Removes the personal data: the password and the mail code. The failure counters stay. */
    static Credentials erased(Credentials credentials) {
        return credentials.toBuilder().password(null).mailCode(null).build();
    }

    /** Resets both failure counters and removes the mail code. */
    static Credentials reset(Credentials credentials) {
        return credentials.toBuilder()
                .passwordFailures(0)
                .mailCode(null)
                .mailCodeFailures(0)
                .build();
    }
}
