package dev.watchword.otp.lifecycle.policy;

/** The party that stores the holders' confirmation passwords. */
public enum PasswordKeeper {
    /** The application. It checks each password and passes the result to the library. */
    APPLICATION,
    /** The library. It stores an encrypted hash and counts wrong passwords. */
    LIBRARY
}
