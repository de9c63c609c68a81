package dev.watchword.otp.lifecycle.policy;

/** A factor with which a holder confirms an operation. */
public enum Factor {
    /** The confirmation password (確認用パスワード). */
    PASSWORD,
    /** The code that was mailed for this request (メール通知パスワード). */
    MAIL_CODE,
    /** A code of the token that the operation is about. */
    TOKEN_CODE
}
