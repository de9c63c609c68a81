package dev.watchword.otp.lifecycle.spi;

/** The result of a submitted change. Every result but {@link #COMMITTED} left the store unchanged. */
public enum CommitResult {
    /** The change is durably stored with all its events. A change that is submitted again has this result too. */
    COMMITTED,
    /** The enrolment has another version. The caller lost the race and decides again. */
    STALE,
    /** Another holder of the institution has the user ID. */
    USER_ID_TAKEN,
    /** A token, past or present, or the stock of the institution has the serial number of a new token. */
    SERIAL_TAKEN,
    /** The new hardware token is not in the institution's stock, or its encrypted secret differs from the stored one. */
    NOT_IN_STOCK
}
