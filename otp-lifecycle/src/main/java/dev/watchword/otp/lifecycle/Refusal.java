package dev.watchword.otp.lifecycle;

/** Why an operation was refused. It is for the application; a person at the keyboard should be told less. */
public enum Refusal {
    /** The code is wrong. It is charged. */
    WRONG_CODE,
    /** The serial number is not that of the holder's token. It is charged, and the code with it is not spent. */
    WRONG_SERIAL,
    /** The code was right, but its time step is spent already. Not charged. */
    REPLAYED,
    /** The text is not a code, or not a serial number, at all. Not charged. */
    MALFORMED,
    /** The token is past its expiry. Not charged. */
    EXPIRED,
    /** The token is suspended; the code was not looked at. Not charged. */
    SUSPENDED,
    /** The holder has no active token. Not charged. */
    NOT_ACTIVE,
    /** The holder has no token that waits for its activation. Not charged. */
    NOT_ISSUED,
    /** The holder has no token that could be suspended or revoked. */
    NO_TOKEN,
    /** Nothing is known of this holder. */
    UNKNOWN_HOLDER,
    /** A fob is activated with its serial number, and none was given. Not charged. */
    SERIAL_REQUIRED,
    /** The holder has an issued or active token already. */
    TOKEN_EXISTS,
    /** A token of this serial number was issued before; it never returns. */
    SERIAL_TAKEN,
    /** The token is not suspended. */
    NOT_SUSPENDED
}
