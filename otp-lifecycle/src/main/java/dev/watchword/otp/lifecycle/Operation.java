package dev.watchword.otp.lifecycle;

/** What a holder asks for and the policy lets be confirmed. */
public enum Operation {
    /** Issuing a software token. */
    ISSUE,
    /** Ordering a fob. */
    ORDER,
    /** Asking for the successor of a token. */
    RENEW,
    /** Activating what waits for its activation. */
    ACTIVATE,
    /** Cancelling what waits for its activation. */
    CANCEL,
    /** Revoking the token in use. */
    REVOKE;

    /** What a code or a factor is recorded to have been asked for. */
    Purpose purpose() {
        return switch (this) {
            case ISSUE -> Purpose.ISSUE;
            case ORDER -> Purpose.ORDER;
            case RENEW -> Purpose.RENEWAL;
            case ACTIVATE -> Purpose.ACTIVATION;
            case CANCEL -> Purpose.CANCELLATION;
            case REVOKE -> Purpose.REVOCATION;
        };
    }
}
