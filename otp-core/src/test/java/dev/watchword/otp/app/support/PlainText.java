package dev.watchword.otp.app.support;

import java.util.Arrays;

/** The search for a secret that is stored in plain text. */
public final class PlainText {
    private static final int LENGTH = 8;

    private PlainText() {}

    /** Returns whether bytes contain the first 8 bytes of a secret. */
    public static boolean shows(byte[] bytes, byte[] secret) {
        for (int i = 0; i + LENGTH <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + LENGTH, secret, 0, LENGTH)) {
                return true;
            }
        }
        return false;
    }
}
