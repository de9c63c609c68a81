package dev.watchword.otp.lifecycle;

/** Who knows the holders' confirmation passwords. */
public enum PasswordKeeper {
    /** The embedding application, which checks each by itself and says what came of it. */
    APPLICATION,
    /** The library, which keeps a sealed hash, and counts the wrong ones. */
    LIBRARY
}
