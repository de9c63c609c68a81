package dev.watchword.otp.lifecycle.model;

/**
 * The kind of a problem with a record of an imported file: to count the records that share one cause, and to describe it in the language
 * of the operator, with {@code Helpdesk.problem}.
 */
public enum RecordProblem {
    /** A required value is missing. */
    MISSING,
    /** A value does not have the required form, or is outside the permitted range. */
    MALFORMED,
    /** A value or element is unknown, repeated, without a meaning in this record, or contradicts another one. */
    UNEXPECTED,
    /** The record is of a kind that the library does not support, such as a PIN or another algorithm. */
    UNSUPPORTED,
    /** The manufacturer restricts the use of the key. */
    RESTRICTED,
    /** The record lacks its encryption or MAC, or is encrypted although no key or password was given. */
    NOT_PROTECTED,
    /** A value cannot be decrypted: it was changed, or the key or password is wrong. */
    NOT_OPENED,
    /** The secret has fewer than 128 bits, and the caller did not allow weak secrets. */
    WEAK_SECRET,
    /** The key for signing does not belong to exactly one key for codes. */
    SIGNING_KEY,
    /** The serial number does not have the form that the policy requires. */
    SERIAL_FORM,
    /** Another token or batch has the serial number, or it occurs twice in the file. */
    SERIAL_TAKEN,
    /** The token would expire before it starts. */
    DATES,
    /** The token has no expiry, and the caller stated none for such tokens. */
    NO_EXPIRY,
    /** The token has expired. */
    EXPIRED,
    /** The drift is beyond the cap of the policy, or beyond the greatest possible one. */
    DRIFT,
    /** The last accepted step is in the future. */
    LAST_STEP,
    /** The holder has a token or an order, or occurs twice in the file. */
    TOKEN_EXISTS,
    /** Another holder has the user ID, the holder has another one, or it occurs twice in the file. */
    USER_ID_TAKEN
}
