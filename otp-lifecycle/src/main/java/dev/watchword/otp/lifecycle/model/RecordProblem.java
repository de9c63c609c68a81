package dev.watchword.otp.lifecycle.model;

/** The kind of a problem with a record of an imported file, to count the records that share one cause. */
public enum RecordProblem {
    /** A value is missing, malformed or not allowed, or the record is of a kind that the library does not support. */
    UNREADABLE,
    /** The secret has fewer than 128 bits, and the caller did not allow weak secrets. */
    WEAK_SECRET,
    /** The token has expired. */
    EXPIRED,
    /** The drift is beyond the cap of the policy. */
    DRIFT,
    /** The last accepted step is in the future. */
    LAST_STEP,
    /** The holder has a token or an order, or occurs twice in the file. */
    TOKEN_EXISTS,
    /** Another token has the serial number, or it occurs twice in the file. */
    SERIAL_TAKEN,
    /** Another holder has the user ID, the holder has another one, or it occurs twice in the file. */
    USER_ID_TAKEN
}
