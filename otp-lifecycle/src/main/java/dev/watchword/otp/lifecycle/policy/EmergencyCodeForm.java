package dev.watchword.otp.lifecycle.policy;

/** The form of emergency codes. Codes of both forms are accepted, so the form can be changed at any time. */
public enum EmergencyCodeForm {
    /** 15 symbols, 65 bits of them random, shown as {@code XXXXX-XXXXX-XXXXX}. */
    LONG,
    /** 8 symbols, 30 bits of them random, shown as {@code XXXX-XXXX}. It is easier to read out on the telephone. */
    SHORT
}
