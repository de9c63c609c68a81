package dev.watchword.otp.lifecycle.seeds;

/**
 * The kind of a problem with a whole seed file, to describe it in the language of the operator with {@code Helpdesk.problem}.
 */
public enum FileProblem {
    /** The file is empty or has no record. */
    EMPTY,
    /** The file is of another format, layout or encoding, or is cut off. */
    FORMAT,
    /** The key or password is missing, wrong or of another kind, or the file is not encrypted although one was given. */
    KEY,
    /** The signature is missing or not valid. */
    SIGNATURE,
    /** The file, one of its parts, or the number of its records exceeds a limit. */
    TOO_LARGE,
    /** The file could not be read or written completely. */
    STORAGE
}
