package dev.watchword.otp.lifecycle;

/** What shows the codes. */
public enum TokenKind {
    /** An app on a phone (ソフトウェアトークン). */
    SOFTWARE,
    /** A key fob (ハードウェアトークン). */
    HARDWARE
}
