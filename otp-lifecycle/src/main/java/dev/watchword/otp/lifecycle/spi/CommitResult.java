package dev.watchword.otp.lifecycle.spi;

/** What became of a change that was submitted to a store. All but {@link #COMMITTED} left the store as it was. */
public enum CommitResult {
    /** It is stored, durably, with all its events. Also the answer when it is submitted once more. */
    COMMITTED,
    /** The enrolment has another version by now: somebody else was faster, and the decision must be taken again. */
    STALE,
    /** The user ID belongs to another holder of the institution. */
    USER_ID_TAKEN,
    /** A token of the institution has or had the serial number of a new software token, or its stock has it. */
    SERIAL_TAKEN,
    /** The fob of a new hardware token is not in the institution's stock, or not any more. */
    NOT_IN_STOCK
}
