package dev.watchword.otp.lifecycle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A token's secret as it is stored: encrypted under a named key and bound to its token. Immutable.
 *
 * <p>A store keeps the name and the bytes as they are; only the service can open them.
 */
public final class SealedSecret {
    /** The greatest length of a key's name. */
    public static final int MAX_KEY_NAME_LENGTH = 64;

    private final String keyName;
    private final byte[] bytes;

    /**
     * Creates a sealed secret from what a store kept.
     *
     * @param keyName the name of the key that sealed it
     * @param bytes the sealed bytes; copied
     */
    public SealedSecret(String keyName, byte[] bytes) {
        this.keyName = Require.text(keyName, "key name", MAX_KEY_NAME_LENGTH);
        this.bytes = bytes.clone();
    }

    /**
     * Returns the name of the key that sealed it.
     *
     * @return the name
     */
    public String keyName() {
        return keyName;
    }

    /**
     * Returns the sealed bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
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
