package dev.watchword.otp.lifecycle.seeds;

import java.util.Arrays;
import javax.crypto.SecretKey;

/** Inspection of a key without keeping its bytes. */
final class KeyBytes {
    /** The reported length of a key that cannot be exported, for instance from an HSM. */
    static final int HIDDEN = -1;

    private KeyBytes() {}

    /** Returns the length of a key in bytes, or {@link #HIDDEN}. Wipes the exported copy. */
    static int lengthOf(SecretKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return HIDDEN;
        }
        Arrays.fill(encoded, (byte) 0);
        return encoded.length;
    }
}
