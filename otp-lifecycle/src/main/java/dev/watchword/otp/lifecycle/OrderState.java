package dev.watchword.otp.lifecycle;

/** How far an order of a fob has come. */
public enum OrderState {
    /** The holder asked for a fob. */
    PLACED,
    /** The institution took one from its stock for the holder. */
    ASSIGNED,
    /** It was sent to the holder, who can activate it. */
    SENT
}
