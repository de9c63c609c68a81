package dev.watchword.otp.lifecycle.internal.machine;

/** The result of comparing a password or a mail code. */
public enum Proof {
    /** The request has no value, or no value is stored for the comparison. */
    NOT_GIVEN,
    /** It is right. */
    RIGHT,
    /** It is wrong. */
    WRONG,
    /** It was compared with a value that another operation has replaced since. */
    OVERTAKEN
}
