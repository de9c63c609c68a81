package dev.watchword.otp.lifecycle.model;

/** The use of a key. A key of one use and a key of the other use can have the same name. */
public enum KeyUse {
    /** An AES key of 256 bits, which encrypts stored secrets and password hashes. */
    SEAL,
    /** An HMAC key of at least 256 bits, which computes the chain of the history. */
    HISTORY
}
