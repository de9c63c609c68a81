package dev.watchword.otp.lifecycle.model;

/** A field that a person fills in. A refusal names the malformed fields. */
public enum Field {
    /** The code of a token. */
    CODE,
    /** The serial number of a token, in the form of the policy. */
    SERIAL_NUMBER,
    /** The user ID: 12 digits. */
    USER_ID,
    /** The mail address: ASCII, of the form {@code name@domain}. */
    MAIL_ADDRESS,
    /** The second entry of the mail address. It must equal the first. */
    MAIL_ADDRESS_AGAIN,
    /** The activation password: 4 to 8 digits, or absent if the policy generates it. */
    ACTIVATION_PASSWORD,
    /** The second entry of the activation password. It must equal the first. */
    ACTIVATION_PASSWORD_AGAIN,
    /** The confirmation password: 6 to 12 ASCII letters or digits. */
    CONFIRMATION_PASSWORD,
    /** The details of a transaction: one that the holder types is missing, or does not have the policy's number of digits. */
    DETAILS,
    /** The response to a signing request: as many digits as the token's suite says. */
    RESPONSE,
    /** The operator's reason: 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters. */
    REASON,
    /** An emergency code or a recovery code: 15 or 8 symbols, the last of which is a check symbol. */
    BACKUP_CODE
}
