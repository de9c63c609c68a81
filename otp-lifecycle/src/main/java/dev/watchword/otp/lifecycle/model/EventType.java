package dev.watchword.otp.lifecycle.model;

/** The type of an event in a holder's history. */
public enum EventType {
    /** A software token was issued. The application mails the app's address to the holder. */
    ISSUED,
    /** A hardware token was ordered. */
    ORDERED,
    /** A hardware token from stock was assigned to the order. */
    ASSIGNED,
    /** The assigned hardware token was sent to the holder. */
    SENT,
    /** The app of a software token received its secret. */
    PROVISIONED,
    /** The provisioned app requested its secret again within the grace time and received it. */
    PROVISIONED_AGAIN,
    /** A wrong activation password was entered and counted. */
    WRONG_ACTIVATION_PASSWORD,
    /** The pending token was activated. The code is spent. */
    ACTIVATED,
    /** A code was accepted and is spent. */
    CODE_ACCEPTED,
    /** Two consecutive codes were accepted for resynchronisation and are spent. */
    RESYNCHRONISED,
    /** A wrong code was entered and counted. */
    WRONG_CODE,
    /** A serial number that is not that of the holder's token was entered and counted. */
    WRONG_SERIAL,
    /** A wrong confirmation password was entered and counted. */
    WRONG_PASSWORD,
    /** A wrong mail code was entered and counted. */
    WRONG_MAIL_CODE,
    /** A token was suspended. */
    SUSPENDED,
    /** An operator resumed a token. */
    RESUMED,

    /** An operator suspended the holder. */
    HOLDER_SUSPENDED,

    /** An operator resumed the holder. */
    HOLDER_RESUMED,
    /** The holder or the institution cancelled the pending token or order. */
    CANCELLED,
    /** The pending token or order was not activated in time. */
    LAPSED,
    /** A token ended because its successor was activated. */
    SUPERSEDED,
    /** A token was revoked: by its holder with a code, which is spent, or by the institution. */
    REVOKED,
    /** The confirmation password was set. */
    PASSWORD_SET,
    /** A mail code was created for a request. */
    MAIL_CODE_MADE,
    /** An operator reset the failure counters of the confirmation password and of the mail code. */
    FACTORS_RESET,
    /** An operator raised the floor after a restored backup. No code from before the floor is accepted. */
    FLOOR_RAISED,
    /** An operator continued the history under another history key, because the former one leaked. */
    REANCHORED,
    /** The holder's personal data was erased: mail address, password, and the operators' reasons in the history. */
    ERASED,
    /**
     * The holder confirmed an operation that a transaction of the application then carries out. The factors are consumed, and a
     * code among them is spent. The operation itself has its own event.
     */
    PROVED,
    /** A signing request was made. The holder sees its details and confirms or refuses them. */
    SIGNATURE_REQUESTED,
    /** A signing request was confirmed with the token. The response is spent, and the request is closed. */
    SIGNATURE_CONFIRMED,
    /** A wrong response to a signing request was entered and counted. */
    WRONG_SIGNATURE,
    /** The holder refused a signing request. The request is closed. */
    SIGNATURE_REFUSED,
    /** The institution withdrew a signing request. The request is closed. */
    SIGNATURE_WITHDRAWN,
    /** A token that was in use in another system was taken over and is in use. */
    TAKEN_OVER,
    /** An operator issued emergency codes to the holder. They replace earlier ones. */
    EMERGENCY_CODES_ISSUED,
    /** An emergency code was accepted for login and is used. */
    EMERGENCY_CODE_ACCEPTED,
    /** A wrong emergency code was entered and counted. */
    WRONG_EMERGENCY_CODE,
    /** The holder created recovery codes. They replace earlier ones. */
    RECOVERY_CODES_CREATED,
    /** A recovery code was accepted for login and is used. */
    RECOVERY_CODE_ACCEPTED,
    /** A wrong recovery code was entered and counted. */
    WRONG_RECOVERY_CODE
}
