package dev.watchword.otp.lifecycle.internal.sealing;

/** The names of the hashed secrets of a holder. The associated data of their encryption contains them, so they never change. */
public final class HashedSecrets {
    public static final String CONFIRMATION_PASSWORD = "confirmation password";
    public static final String MAIL_CODE = "mail code";
    public static final String ACTIVATION_PASSWORD = "activation password";
    public static final String EMERGENCY_CODES = "emergency codes";
    public static final String RECOVERY_CODES = "recovery codes";

    private HashedSecrets() {}
}
