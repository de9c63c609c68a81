package dev.watchword.otp.lifecycle;

/** Why a token accepts no code for now. */
public enum SuspensionReason {
    /** Too many wrong codes in a row. */
    TOO_MANY_FAILURES,
    /** The holder lost it. */
    LOST,
    /** It was stolen. */
    STOLEN,
    /** The institution suspects fraud. */
    FRAUD_SUSPECTED,
    /** The database was restored from a backup, and which codes of a token that counts events were spent is unknown. */
    BACKUP_RESTORED,
    /** Another reason, which the operator's own words give. */
    OTHER
}
