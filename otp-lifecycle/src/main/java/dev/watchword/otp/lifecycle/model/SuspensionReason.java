package dev.watchword.otp.lifecycle.model;

/** The reason why a token or a holder is suspended. */
public enum SuspensionReason {
    /** Too many consecutive wrong codes of the token. Only the library gives this reason. */
    TOO_MANY_FAILURES,
    /** The holder lost the token. */
    LOST,
    /** The token was stolen. */
    STOLEN,
    /** The token is broken. */
    BROKEN,
    /** The institution suspects fraud. This reason suspends a holder, not a token. */
    FRAUD_SUSPECTED,
    /** Another reason, which the operator states in words. */
    OTHER;

    /** {@return whether an operator can suspend a token for this reason: lost, stolen, broken or other} */
    public boolean isForTokens() {
        return this == LOST || this == STOLEN || this == BROKEN || this == OTHER;
    }

    /** {@return whether an operator can suspend a holder for this reason: fraud suspected or other} */
    public boolean isForHolders() {
        return this == FRAUD_SUSPECTED || this == OTHER;
    }
}
