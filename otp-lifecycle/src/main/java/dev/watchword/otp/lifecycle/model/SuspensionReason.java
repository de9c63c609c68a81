package dev.watchword.otp.lifecycle.model;

/** The reason why a token is suspended. */
public enum SuspensionReason {
    /** Too many consecutive wrong codes. Only the library sets this reason. */
    TOO_MANY_FAILURES,
    /** The holder lost the token. */
    LOST,
    /** The token was stolen. */
    STOLEN,
    /** The institution suspects fraud. */
    FRAUD_SUSPECTED,
    /** The database was restored from a backup, so the last spent counter of this HOTP token is unknown. */
    BACKUP_RESTORED,
    /** Another reason, which the operator states in words. */
    OTHER
}
