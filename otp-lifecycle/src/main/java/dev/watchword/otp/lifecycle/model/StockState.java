package dev.watchword.otp.lifecycle.model;

/** The state of a hardware token in the institution's stock. A token only moves forward through the states. */
public enum StockState {
    /** The token is in a batch that is not published yet. */
    STAGED,
    /** The token can be assigned to an order. */
    AVAILABLE,
    /** The token was assigned to an order and never returns to stock. */
    ASSIGNED,
    /** An operator withdrew the token. Its secret is deleted, and it never returns to stock (R5.5). */
    WITHDRAWN
}
