package dev.watchword.otp.app;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a device, to which a server seals its answer and its signing requests. The key is not secret.
 * Immutable. Two keys are equal if their types and their bytes are equal.
 */
public final class DevicePublicKey {
    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = 2;

    private final DeviceKeyType type;
    private final byte[] key;

    DevicePublicKey(DeviceKeyType type, byte[] key) {
        this.type = type;
        this.key = key;
    }

    /**
     * Decodes a key that {@link #toBytes()} encoded. Rejects all other bytes. Also rejects a key that no server can
     * seal to, such as a point that is off the curve or of low order.
     *
     * @param bytes a format number (1), the type (1 for X-Wing, 2 for P-256), and the key as HPKE serializes it (RFC
     *     9180 §7.1.1). The key has 1216 bytes, or 65 bytes of an uncompressed point. The array is copied
     * @return the key
     * @throws IllegalArgumentException if the bytes are not such a key. The message names the reason
     */
    public static DevicePublicKey fromBytes(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("A device's public key must begin with format 1 and its type");
        }
        DeviceKeyType type = DeviceKeyType.of(bytes[1]);
        if (bytes.length != HEADER_LENGTH + type.publicKeyLength()) {
            throw new IllegalArgumentException("A device's public key of type " + type + " must have "
                    + (HEADER_LENGTH + type.publicKeyLength()) + " bytes, not " + bytes.length);
        }
        byte[] key = Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length);
        if (!Hpke.isUsable(type, key)) {
            throw new IllegalArgumentException("A device's public key must be a valid key of type " + type
                    + "; request another one from the device");
        }
        return new DevicePublicKey(type, key);
    }

    /**
     * Encodes the key in the format that {@link #fromBytes} decodes.
     *
     * @return 1218 bytes of an X-Wing key, or 67 bytes of a P-256 key
     */
    public byte[] toBytes() {
        byte[] bytes = new byte[HEADER_LENGTH + key.length];
        bytes[0] = FORMAT;
        bytes[1] = type.code();
        System.arraycopy(key, 0, bytes, HEADER_LENGTH, key.length);
        return bytes;
    }

    /**
     * Returns the type of the key, which determines how a server seals to it.
     *
     * @return the type
     */
    public DeviceKeyType type() {
        return type;
    }

    /** Returns the internal array: the key as HPKE serializes it. Callers in this package MUST NOT change it. */
    byte[] key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DevicePublicKey that && type == that.type && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "DevicePublicKey[" + type + "]";
    }
}
