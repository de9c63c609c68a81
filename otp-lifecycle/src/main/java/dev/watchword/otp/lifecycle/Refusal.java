package dev.watchword.otp.lifecycle;

/** Why an operation was refused. It is for the application; a person at the keyboard gets an {@link Answer}. */
public enum Refusal {
    /** The code is wrong. It is charged. */
    WRONG_CODE,
    /** The serial number is not that of the holder's token. It is charged, and the code with it is not spent. */
    WRONG_SERIAL,
    /** The code was right, but its time step is spent already. Not charged. */
    REPLAYED,
    /** The text is not a code, or not a serial number, at all. Not charged. */
    MALFORMED,
    /** The code came too soon after a wrong one, and was not looked at. Not charged. */
    TOO_SOON,
    /** The token is past its expiry. Not charged. */
    EXPIRED,
    /** The token is suspended; the code was not looked at. Not charged. */
    SUSPENDED,
    /** The holder has no active token. Not charged. */
    NOT_ACTIVE,
    /** Nothing of the holder waits for its activation. Not charged. */
    NOT_ISSUED,
    /** What waited for its activation waited too long. Not charged. */
    LAPSED,
    /** The app of the software token has not received its secret yet. Not charged. */
    NOT_PROVISIONED,
    /** The fob was not sent to the holder yet. Not charged. */
    NOT_SENT,
    /** A fob is activated with its serial number, and none was given. Not charged. */
    SERIAL_REQUIRED,
    /** Nothing is known of this holder, or of this user ID. */
    UNKNOWN_HOLDER,
    /** The holder has an issued or active token, or an order, already. */
    TOKEN_EXISTS,
    /** The holder has no token that could be suspended or revoked, or none of this serial number. */
    NO_TOKEN,
    /** The token is not suspended. */
    NOT_SUSPENDED,
    /** So many wrong codes were entered that the token cannot be resumed, only replaced. */
    CEILING_REACHED,
    /** The holder has no order that waits for this step. */
    NO_ORDER,
    /** The serial number is that of another token or fob. */
    SERIAL_TAKEN,
    /** The user ID is another holder's, or the holder has another one. */
    USER_ID_TAKEN,
    /** The fob is not in stock, or may not be used yet or any more. */
    NOT_IN_STOCK,
    /** Tokens of this kind have no successor. */
    NOT_RENEWABLE,
    /** It is too early: to renew the token, or to provision its app. Not charged. */
    TOO_EARLY,
    /** The app has its secret already, or another device has it. Not charged. */
    ALREADY_PROVISIONED,
    /** The activation password is used up or out of time; cancel, and issue again. Not charged. */
    ACTIVATION_PASSWORD_DEAD,
    /** The activation password is wrong. It is charged. */
    WRONG_ACTIVATION_PASSWORD,
    /** A factor that the policy wants was not given. Nothing is charged. */
    FACTOR_MISSING,
    /** The confirmation password is wrong. It is charged, if the library keeps it. */
    WRONG_PASSWORD,
    /** The library keeps the confirmation passwords, and none was set for this holder. */
    NO_PASSWORD,
    /** Too many wrong confirmation passwords; the institution lets the holder try again. */
    PASSWORD_LOCKED,
    /** The mail code is wrong. It is charged. */
    WRONG_MAIL_CODE,
    /** There is no mail code for this request, or it is out of time. */
    NO_MAIL_CODE,
    /** Too many wrong mail codes; the institution lets the holder try again. */
    MAIL_CODE_LOCKED,
    /** The enrolment changed so much while the request was worked on that its evidence is void; nothing is charged. */
    OVERTAKEN
}
