package dev.watchword.otp.lifecycle.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The authentication code of a stored enrolment and its tokens (R10.5). Its first byte is the number of its format. It is
 * not a secret. Immutable.
 *
 * <p>A store MUST keep the bytes beside the enrolment and return them unchanged. Only the library computes and verifies
 * them.
 */
public final class RowMac {
    /** The greatest number of bytes. */
    public static final int MAX_LENGTH = 64;

    private final byte[] bytes;

    /**
     * Creates the value from stored bytes.
     *
     * @param bytes the format number and the code, 1 to {@value #MAX_LENGTH} bytes; copied
     * @throws IllegalArgumentException if there are none or too many bytes
     */
    public RowMac(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A row's authentication code must have 1 to " + MAX_LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /** {@return the number of the format} */
    public int format() {
        return bytes[0];
    }

    /** {@return a copy of the bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowMac that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RowMac[format " + format() + "]";
    }
}
