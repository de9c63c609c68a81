package dev.watchword.otp.lifecycle;

/** What happened to a holder's enrolment. */
public enum EventType {
    /** A software token was issued. Mail the holder that it was, with the app's address. */
    ISSUED,
    /** A fob was ordered. */
    ORDERED,
    /** A fob of the stock was assigned to the order. */
    ASSIGNED,
    /** The fob was sent to the holder. */
    SENT,
    /** The app of a software token received its secret. */
    PROVISIONED,
    /** The app that was provisioned asked again within the grace time, and received its secret again. */
    PROVISIONED_AGAIN,
    /** A wrong activation password was sent, and is charged. */
    WRONG_ACTIVATION_PASSWORD,
    /** What waited was activated, with a right code, which is spent. */
    ACTIVATED,
    /** A right code was accepted, and is spent. */
    CODE_ACCEPTED,
    /** Two codes in a row were accepted to find the token's clock, and are spent. */
    RESYNCHRONISED,
    /** A wrong code was entered, and is charged. */
    WRONG_CODE,
    /** A serial number was entered that is not that of the holder's token, and is charged. */
    WRONG_SERIAL,
    /** A wrong confirmation password was entered, and is charged. */
    WRONG_PASSWORD,
    /** A wrong mail code was entered, and is charged. */
    WRONG_MAIL_CODE,
    /** A token was suspended. */
    SUSPENDED,
    /** The institution resumed a token. */
    RESUMED,
    /** What waited for its activation was cancelled, by the holder or the institution. */
    CANCELLED,
    /** What waited for its activation waited too long. */
    LAPSED,
    /** A token ended because its successor was activated. */
    SUPERSEDED,
    /** A token was revoked, by its holder with a right code, which is spent, or by the institution. */
    REVOKED,
    /** The confirmation password was set. */
    PASSWORD_SET,
    /** A mail code was made for a request. */
    MAIL_CODE_MADE,
    /** The institution let the holder try the confirmation password and mail codes again. */
    FACTORS_RESET,
    /** The database was restored from a backup: codes of before are accepted no more. */
    FLOOR_RAISED,
    /** The holder's personal data was erased: address, password, and the operators' words in the history. */
    ERASED,
    /** A token that was in use in another system was taken over, and is in use. */
    TAKEN_OVER
}
