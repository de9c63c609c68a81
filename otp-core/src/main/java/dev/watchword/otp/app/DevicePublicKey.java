package dev.watchword.otp.app;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a device, to which a server seals its answer. It is no secret. Immutable; two are equal if their type
 * and key are.
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
     * Reads what {@link #toBytes()} wrote, and nothing else: the key must be one that can be sealed to, so a point that is
     * not on the curve, and one of low order, are refused.
     *
     * @param bytes a format number (1), the type (1 for X-Wing, 2 for P-256), and the key as HPKE serializes it (RFC 9180
     *     §7.1.1): 1216 bytes, or 65 of an uncompressed point; copied
     * @return the key
     * @throws IllegalArgumentException if they are not such a key; the message says why
     */
    public static DevicePublicKey fromBytes(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("A device's public key begins with its format, 1, and its type");
        }
        DeviceKeyType type = DeviceKeyType.of(bytes[1]);
        if (bytes.length != HEADER_LENGTH + type.publicKeyLength()) {
            throw new IllegalArgumentException("A device's public key of type " + type + " has "
                    + (HEADER_LENGTH + type.publicKeyLength()) + " bytes, not " + bytes.length);
        }
        byte[] key = Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length);
        if (!Hpke.isUsable(type, key)) {
            throw new IllegalArgumentException(
                    "A device's public key must be a valid key of type " + type + "; ask the device for another");
        }
        return new DevicePublicKey(type, key);
    }

    /**
     * Returns the key in its own format, which {@link #fromBytes} reads.
     *
     * @return 1218 bytes of an X-Wing key, 67 of a P-256 one
     */
    public byte[] toBytes() {
        byte[] bytes = new byte[HEADER_LENGTH + key.length];
        bytes[0] = FORMAT;
        bytes[1] = type.code();
        System.arraycopy(key, 0, bytes, HEADER_LENGTH, key.length);
        return bytes;
    }

    /**
     * Returns how is sealed to it.
     *
     * @return the type
     */
    public DeviceKeyType type() {
        return type;
    }

    /** The key as HPKE serializes it, to be read and never changed. */
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
