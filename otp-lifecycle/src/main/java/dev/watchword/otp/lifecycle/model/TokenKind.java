package dev.watchword.otp.lifecycle.model;

/** The kind of a token. */
public enum TokenKind {
    /** An app on a phone displays the codes (ソフトウェアトークン). */
    SOFTWARE,
    /** A separate device displays the codes (ハードウェアトークン). */
    HARDWARE
}
