package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted secret as a store keeps it: encrypted under a named key and bound to its token or holder. Immutable.
 *
 * <p>A store MUST return the name and the bytes unchanged. Only the library can decrypt them.
 */
public final class SealedSecret {
    /** The greatest length of a key name, in UTF-16 units. */
    public static final int MAX_KEY_NAME_LENGTH = 64;

    private final String keyName;
    private final byte[] bytes;

    /**
     * Creates a sealed secret from stored values.
     *
     * @param keyName the name of the key that encrypted it, 1 to {@value #MAX_KEY_NAME_LENGTH} characters
     * @param bytes the encrypted bytes; copied
     * @throws IllegalArgumentException if the name is malformed
     */
    public SealedSecret(String keyName, byte[] bytes) {
        this.keyName = Require.text(keyName, "key name", MAX_KEY_NAME_LENGTH);
        this.bytes = bytes.clone();
    }

    /** {@return the name of the key that encrypted it} */
    public String keyName() {
        return keyName;
    }

    /** {@return a copy of the encrypted bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return the number of the encrypted bytes} */
    public int length() {
        return bytes.length;
    }

    /**
     * Copies the encrypted bytes into an array.
     *
     * @param target the array
     * @param offset the index of the first copied byte
     * @throws IndexOutOfBoundsException if the array has no room for them
     */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedSecret that && keyName.equals(that.keyName) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * keyName.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedSecret[key " + keyName + "]";
    }
}
