package dev.watchword.otp.lifecycle;

/** How a fob stands in the institution's stock. It goes from the first to the last, and never back. */
public enum StockState {
    /** It came in a batch that is not published yet. */
    STAGED,
    /** It can be assigned to an order. */
    AVAILABLE,
    /** It was assigned to an order, and never returns. */
    ASSIGNED
}
