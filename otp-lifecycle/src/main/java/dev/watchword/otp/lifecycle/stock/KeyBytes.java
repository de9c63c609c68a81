package dev.watchword.otp.lifecycle.stock;

import java.util.Arrays;
import javax.crypto.SecretKey;

/** What a key shows of itself. */
final class KeyBytes {
    /** The length of a key that does not leave its HSM. */
    static final int HIDDEN = -1;

    private KeyBytes() {}

    /** The length of a key in bytes, or {@link #HIDDEN}. */
    static int lengthOf(SecretKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return HIDDEN;
        }
        Arrays.fill(encoded, (byte) 0);
        return encoded.length;
    }
}
