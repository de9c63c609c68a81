package dev.watchword.otp.lifecycle;

/** What a holder can be asked for to confirm an operation. */
public enum Factor {
    /** The confirmation password (確認用パスワード). */
    PASSWORD,
    /** The code that was mailed for this request (メール通知パスワード). */
    MAIL_CODE,
    /** A code of the token that the operation is about. */
    TOKEN_CODE
}
