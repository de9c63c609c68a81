package dev.watchword.otp.app;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are sealed to one device, for one user of one service. Immutable. The encoding is a format number (1), the
 * type of the device's key, the encapsulated key, and the ciphertext with its tag.
 *
 * <p>The seal is HPKE in base mode (RFC 9180 §6.1). Its {@code info} contains a label for the kind of content, the
 * version of the format, the service ID and the user ID. Its associated data are the format and the type.
 */
final class Envelope {
    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = 2;

    private final DeviceKeyType type;
    private final byte[] sealed;

    private Envelope(DeviceKeyType type, byte[] sealed) {
        this.type = type;
        this.sealed = sealed;
    }

    static Envelope seal(String label, Owner owner, byte[] open, DevicePublicKey device, SecureRandom random) {
        DeviceKeyType type = device.type();
        return new Envelope(type, Hpke.seal(type, device.key(), info(label, owner), header(type), open, random));
    }

    /**
     * Decodes an envelope whose content has a length in the given range. Each message about malformed bytes begins with
     * the name.
     */
    static Envelope fromBytes(byte[] bytes, String name, int min, int max) {
        if (bytes.length < HEADER_LENGTH || bytes[0] != FORMAT) {
            throw new IllegalArgumentException(name + " must begin with format 1 and the type of the"
                    + " device's key; another format requires another version of this library");
        }
        DeviceKeyType type = DeviceKeyType.of(bytes[1]);
        int empty = HEADER_LENGTH + type.encapsulationLength() + Hpke.TAG_LENGTH;
        if (bytes.length < empty + min || bytes.length > empty + max) {
            throw new IllegalArgumentException(name + " of type " + type + " must have " + (empty + min) + " to "
                    + (empty + max) + " bytes, not " + bytes.length);
        }
        return new Envelope(type, Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length));
    }

    byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(header(type), HEADER_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, bytes, HEADER_LENGTH, sealed.length);
        return bytes;
    }

    DeviceKeyType type() {
        return type;
    }

    /** Returns the content. Returns empty if it was sealed with another label, or to another key or owner. */
    Optional<byte[]> open(String label, Owner owner, byte[] privateKey) {
        return Hpke.open(type, privateKey, info(label, owner), header(type), sealed);
    }

    /** Returns the format and the type. They are also the associated data of the seal. */
    private static byte[] header(DeviceKeyType type) {
        return new byte[] {FORMAT, type.code()};
    }

    /**
     * Returns the label, the version and the two IDs. The IDs have fixed lengths, so no two owners share the same
     * bytes. No label is the beginning of another one.
     */
    private static byte[] info(String label, Owner owner) {
        byte[] text = label.getBytes(StandardCharsets.US_ASCII);
        byte[] ids = owner.toBytes();
        byte[] info = Arrays.copyOf(text, text.length + 1 + ids.length);
        info[text.length] = FORMAT;
        System.arraycopy(ids, 0, info, text.length + 1, ids.length);
        return info;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that && type == that.type && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sealed);
    }

    @Override
    public String toString() {
        return "[" + type + ", " + (HEADER_LENGTH + sealed.length) + " bytes]";
    }
}
