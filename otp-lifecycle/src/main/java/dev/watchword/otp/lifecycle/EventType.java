package dev.watchword.otp.lifecycle;

/** What happened to a token. */
public enum EventType {
    /** It was issued. */
    ISSUED,
    /** It was activated, with a right code, which is spent. */
    ACTIVATED,
    /** A right code was accepted, and is spent. */
    CODE_ACCEPTED,
    /** A wrong code was entered, and is charged. */
    WRONG_CODE,
    /** A serial number was entered that is not that of the holder's token, and is charged. */
    WRONG_SERIAL,
    /** It was suspended. */
    SUSPENDED,
    /** The institution resumed it. */
    RESUMED,
    /** It was revoked, by its holder with a right code, which is spent, or by the institution. */
    REVOKED
}
