package dev.watchword.otp.lifecycle.model;

/**
 * The answer for the person at the keyboard. It does not distinguish an unknown holder from a wrong code, or a suspended
 * token from one that is not suspended (OWASP ASVS 6.3.8).
 */
public enum Answer {
    /** The operation succeeded. */
    ACCEPTED,
    /** The operation did not succeed. */
    NOT_ACCEPTED
}
