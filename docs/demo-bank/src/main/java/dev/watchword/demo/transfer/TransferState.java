package dev.watchword.demo.transfer;

/** The state of a transfer. */
public enum TransferState {
    /** The customer has not confirmed the transfer yet. */
    WAITING,
    /** The customer confirmed the transfer, and the bank executed it. */
    EXECUTED,
    /** The customer refused the transfer in the app. */
    REFUSED,
    /** The customer cancelled the transfer on the bank's page. */
    CANCELLED,
    /** The customer did not answer in time. No row has this state: it follows from the time. */
    EXPIRED,
    /** The bank stopped the transfer, because its row or the customer's limit was changed after the order. */
    STOPPED
}
