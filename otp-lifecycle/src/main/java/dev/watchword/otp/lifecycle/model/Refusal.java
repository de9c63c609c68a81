package dev.watchword.otp.lifecycle.model;

/**
 * The reason why an operation was refused. It is for the application. A person at the keyboard gets an {@link Answer}. A
 * refusal counts no failure unless its description says so.
 */
public enum Refusal {
    /** The code is wrong. It is counted as a failure. */
    WRONG_CODE,
    /**
     * The serial number is not that of the holder's token. It is counted as a failure. The code with it is not spent.
     */
    WRONG_SERIAL,
    /** The code is right, but its moving factor is already spent. */
    REPLAYED,
    /** A field is malformed. {@link Refused#fields} names every such field. */
    MALFORMED,
    /** The delay after a wrong code is still running. The code was not evaluated. */
    TOO_SOON,
    /** The token has expired. */
    EXPIRED,
    /** The token is suspended. The code was not evaluated. An operator resumes the token. */
    SUSPENDED,

    /** The holder is suspended. Nothing was evaluated. An operator resumes the holder. */
    HOLDER_SUSPENDED,

    /**
     * The last spent counter of the HOTP token is unknown after a restored backup. The code was not evaluated.
     * Resynchronise the token with two consecutive codes.
     */
    RESYNCHRONISATION_REQUIRED,
    /** The holder has no token in use. */
    NOT_ACTIVE,
    /** The holder has no pending token or order. */
    NOT_ISSUED,
    /** The pending token or order was not activated in time. */
    LAPSED,
    /** The app of the software token has not received its secret yet. */
    NOT_PROVISIONED,
    /** The hardware token was not sent to the holder yet. */
    NOT_SENT,
    /** A hardware token is activated with its serial number, and none was given. */
    SERIAL_REQUIRED,
    /** The holder or the user ID is unknown. */
    UNKNOWN_HOLDER,
    /** The holder already has an issued or active token, or an order. */
    TOKEN_EXISTS,
    /** The holder has no token that the operation could change, or none with this serial number. */
    NO_TOKEN,
    /** The token or the holder is not suspended. */
    NOT_SUSPENDED,
    /** The ceiling of wrong codes is reached. The token cannot be resumed, only replaced. */
    CEILING_REACHED,
    /** The holder has no order in the state that this step requires. */
    NO_ORDER,
    /** Another token has the serial number. */
    SERIAL_TAKEN,
    /** Another holder has the user ID, or the holder has another user ID. */
    USER_ID_TAKEN,
    /** The hardware token is not in stock, or is outside its validity period. */
    NOT_IN_STOCK,
    /** The policy allows no successor for tokens of this kind. */
    NOT_RENEWABLE,
    /** It is too early to renew the token or to provision its app. {@link Refused#notBefore} says from when. */
    NOT_YET,
    /** A device already has the secret. This request is from another device, or the device cannot receive it again. */
    ALREADY_PROVISIONED,
    /** The activation password is used up or has expired. Cancel the token and issue a new one. */
    ACTIVATION_PASSWORD_DEAD,
    /** The activation password is wrong. It is counted as a failure. */
    WRONG_ACTIVATION_PASSWORD,
    /** The policy requires a factor that was not given. */
    FACTOR_MISSING,
    /** The confirmation password is wrong. It is counted as a failure if the library stores the passwords. */
    WRONG_PASSWORD,
    /** The library stores the confirmation passwords, and none is set for this holder. */
    NO_PASSWORD,
    /** There were too many wrong confirmation passwords. An operator can reset the counter. */
    PASSWORD_LOCKED,
    /** The mail code is wrong. It is counted as a failure. */
    WRONG_MAIL_CODE,
    /** There is no mail code for this request, or it has expired. */
    NO_MAIL_CODE,
    /** There were too many wrong mail codes. An operator can reset the counter. */
    MAIL_CODE_LOCKED,
    /** Another operation replaced the password or the mail code while this one compared it. Ask for it again. */
    OVERTAKEN,
    /**
     * There is no open proof for this operation, or not the given one: it was used, replaced, or has expired, or it is for other
     * entries. Nothing is charged. The holder confirms again.
     */
    NO_PROOF,
    /** The token cannot sign, and the policy does not let an ordinary code confirm a transaction. */
    CANNOT_SIGN,
    /** The holder has as many open signing requests as the policy allows. Each ends by its confirmation, its refusal, its withdrawal or its expiry. */
    TOO_MANY_REQUESTS,
    /**
     * There is no open signing request with this ID: it was confirmed, refused or withdrawn, has expired, ended with its token or a
     * suspension, or is another holder's.
     */
    NO_REQUEST,
    /**
     * The details that are about to be executed are not those that the holder was asked to confirm. The response was not
     * evaluated, and the request stays open. Do not execute the transaction, withdraw the request, and investigate who changed it.
     */
    OTHER_DETAILS,
    /** The response to the signing request is wrong. It is counted as a failure. */
    WRONG_SIGNATURE,
    /** A file has records that cannot be used. {@link Refused#badRecords} lists them. */
    BAD_RECORDS,
    /** A batch with this name is in stock. */
    BATCH_TAKEN,
    /** The event is not parked: another decision was faster. */
    NOT_PARKED,
    /** The emergency code or the recovery code is wrong. It is counted as a failure of these codes, and not of the token. */
    WRONG_BACKUP_CODE,
    /** The holder has no such codes: none were given out, all are used, or they have ended. Nothing was evaluated. */
    NO_BACKUP_CODES,
    /** The set has no unused code with this number: the code was used, or it is from another set. Nothing was evaluated. */
    BACKUP_CODE_USED,
    /**
     * There were too many wrong emergency codes or recovery codes. The code was not evaluated. New codes of the kind end the lock
     * of a set. Only an accepted code of a token ends the lock of the ceiling.
     */
    BACKUP_CODES_LOCKED
}
