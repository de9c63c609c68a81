package dev.watchword.otp.lifecycle;

/** Where a holder's token is in its life. A suspension lies over a state; it is none of its own. */
public enum TokenState {
    /** No token was ever issued. */
    UNREGISTERED,
    /** A token was issued and waits for its activation. */
    ISSUED,
    /** The token is in use. */
    ACTIVE,
    /** The token ended; for its holder that is the same as being unregistered. */
    REVOKED
}
