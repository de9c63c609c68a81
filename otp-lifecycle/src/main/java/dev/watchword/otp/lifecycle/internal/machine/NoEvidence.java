package dev.watchword.otp.lifecycle.internal.machine;

/** The evidence of commands that need none. */
public enum NoEvidence {
    /** The only value. */
    NONE
}
