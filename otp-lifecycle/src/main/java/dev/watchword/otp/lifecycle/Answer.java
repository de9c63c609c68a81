package dev.watchword.otp.lifecycle;

/**
 * What the person at the keyboard may be told: nothing that tells an unknown holder from a wrong code, or a locked token
 * from a free one.
 */
public enum Answer {
    /** It was done. */
    ACCEPTED,
    /** It was not done. */
    NOT_ACCEPTED
}
