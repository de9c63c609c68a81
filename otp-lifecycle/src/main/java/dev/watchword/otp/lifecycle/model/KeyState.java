package dev.watchword.otp.lifecycle.model;

/** The result of comparing a key of the key source with its stored check value (R10.4). */
public enum KeyState {
    /** The key has the bytes that it had when its check value was stored. */
    RIGHT,
    /**
     * The key has other bytes than when its check value was stored, or is not fit for its use. Restore the right key under this
     * name, or give the new key another name.
     */
    WRONG,
    /** The key source does not have the key. A former key may be missing if no stored value needs it. */
    MISSING,
    /**
     * The store has no check value of this current key. No check value is stored while another key is wrong or a current key is
     * missing.
     */
    UNCHECKED
}
