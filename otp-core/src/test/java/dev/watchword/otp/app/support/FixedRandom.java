package dev.watchword.otp.app.support;

import java.security.SecureRandom;
import java.util.Arrays;

/** A source of randomness that returns given bytes once, and shows whether their user wiped them. */
public final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private byte[] given = {};

    /** Creates a source that returns these bytes. */
    public FixedRandom(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
        if (given.length > 0 || into.length != bytes.length) {
            throw new AssertionError(
                    "the source must be read once, for " + bytes.length + " bytes, not " + into.length);
        }
        given = into;
        System.arraycopy(bytes, 0, into, 0, bytes.length);
    }

    /** Returns whether the bytes were read and are wiped. */
    public boolean isWiped() {
        return given.length > 0 && Arrays.equals(given, new byte[given.length]);
    }
}
