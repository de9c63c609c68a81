package dev.watchword.otp.lifecycle.model;

/**
 * The state of a token or of a holder's registration. A suspension is not a state: a suspended token keeps its state.
 */
public enum TokenState {
    /** Nothing was ever issued or ordered. */
    UNREGISTERED,
    /** A token was issued or ordered and is not activated yet. */
    ISSUED,
    /** The token is in use. */
    ACTIVE,
    /** The token ended. The holder is shown as unregistered. */
    REVOKED
}
