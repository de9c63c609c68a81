package dev.watchword.otp.lifecycle.model;

/** The progress of an order of a hardware token. */
public enum OrderState {
    /** The holder placed the order. */
    PLACED,
    /** The institution assigned a token from its stock. */
    ASSIGNED,
    /** The institution sent the token. The holder can activate it. */
    SENT
}
