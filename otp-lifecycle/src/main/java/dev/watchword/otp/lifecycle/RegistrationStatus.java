package dev.watchword.otp.lifecycle;

/** The status that a holder is shown (登録状況). */
public enum RegistrationStatus {
    /** No token, or a revoked one (未登録). */
    UNREGISTERED,
    /** A token that waits for its activation (トークン発行済). */
    ISSUED,
    /** A token in use (利用中). */
    ACTIVE,
    /** An issued or active token that is suspended (認証停止). */
    SUSPENDED
}
