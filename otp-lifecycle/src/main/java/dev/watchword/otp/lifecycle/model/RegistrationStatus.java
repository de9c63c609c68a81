package dev.watchword.otp.lifecycle.model;

/** The registration status that a holder is shown (登録状況). */
public enum RegistrationStatus {
    /** The holder has no token, or a revoked one (未登録). */
    UNREGISTERED,
    /** A token or an order is pending (トークン発行済). */
    ISSUED,
    /** A token is in use (利用中). */
    ACTIVE,
    /** The issued or active token is suspended (認証停止). */
    SUSPENDED
}
