package dev.watchword.otp.lifecycle.model;

/** An operation of a holder that the policy lets the holder confirm. */
public enum Operation {
    /** Issuing a software token. */
    ISSUE,
    /** Ordering a hardware token. */
    ORDER,
    /** Asking for the successor of a token. */
    RENEW,
    /** Activating the pending token. */
    ACTIVATE,
    /** Cancelling the pending token or order. */
    CANCEL,
    /** Revoking the token in use. */
    REVOKE,
    /** Creating recovery codes. */
    RECOVERY_CODES;

    /** {@return the purpose that events record for a code or a factor of this operation} */
    public Purpose purpose() {
        return switch (this) {
            case ISSUE -> Purpose.ISSUE;
            case ORDER -> Purpose.ORDER;
            case RENEW -> Purpose.RENEWAL;
            case ACTIVATE -> Purpose.ACTIVATION;
            case CANCEL -> Purpose.CANCELLATION;
            case REVOKE -> Purpose.REVOCATION;
            case RECOVERY_CODES -> Purpose.RECOVERY_CODES;
        };
    }
}
