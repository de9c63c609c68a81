package dev.watchword.otp.app;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token's contents, sealed for one device and one user of one service. Only that device can open them. Immutable. The
 * sealed bytes reveal only the length of the contents.
 *
 * <p>The seal is HPKE in base mode (RFC 9180 §6.1) with HKDF-SHA256 and AES-256-GCM. Its {@code info} contains the
 * service ID, the user ID and the version of the format. Base mode does not authenticate the sender. The answer MUST
 * therefore arrive over a connection that does.
 */
public final class SealedAnswer {
    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = 2;
    private static final byte[] LABEL = "Watchword provisioning answer".getBytes(StandardCharsets.US_ASCII);

    private final DeviceKeyType type;
    private final byte[] sealed;

    private SealedAnswer(DeviceKeyType type, byte[] sealed) {
        this.type = type;
        this.sealed = sealed;
    }

    /**
     * Seals a token's contents to a device. Each call returns a different answer, and the device can open each of them.
     *
     * @param contents the contents that the app receives
     * @param device the public key of the device that sent the request
     * @param random the source of all randomness. It MUST NOT repeat its output
     * @return the answer
     * @throws IllegalStateException if the secret is destroyed
     */
    public static SealedAnswer seal(TokenContents contents, DevicePublicKey device, SecureRandom random) {
        byte[] open = ContentsFormat.write(contents);
        try {
            DeviceKeyType type = device.type();
            byte[] sealed = Hpke.seal(type, device.key(), info(contents.owner()), header(type), open, random);
            return new SealedAnswer(type, sealed);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /**
     * Decodes an answer that {@link #toBytes()} encoded. Checks only the form of the answer. It does not check whether
     * the answer opens.
     *
     * @param bytes a format number (1), the type of the device's key (1 for X-Wing, 2 for P-256), the encapsulated key
     *     (1120 bytes for X-Wing, 65 bytes for P-256), and the ciphertext with its tag. The array is copied
     * @return the answer
     * @throws IllegalArgumentException if the bytes are malformed. The message names the reason
     */
    public static SealedAnswer fromBytes(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("A sealed answer must begin with format 1 and the type of the"
                    + " device's key; another format requires another version of this library");
        }
        DeviceKeyType type = DeviceKeyType.of(bytes[1]);
        int shortest = HEADER_LENGTH + type.encapsulationLength() + Hpke.TAG_LENGTH;
        if (bytes.length < shortest || bytes.length > shortest + ContentsFormat.MAX_LENGTH) {
            throw new IllegalArgumentException("A sealed answer of type " + type + " must have " + shortest + " to "
                    + (shortest + ContentsFormat.MAX_LENGTH) + " bytes, not " + bytes.length);
        }
        return new SealedAnswer(type, Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length));
    }

    /**
     * Encodes the answer, to send it to the device.
     *
     * @return the bytes that {@link #fromBytes} decodes
     */
    public byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(header(type), HEADER_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, bytes, HEADER_LENGTH, sealed.length);
        return bytes;
    }

    DeviceKeyType type() {
        return type;
    }

    /**
     * Opens the answer with a private key of its type. Returns empty if the answer does not open, or contains malformed
     * contents or the contents for another owner.
     */
    Optional<TokenContents> open(byte[] privateKey, Owner owner) {
        Optional<byte[]> found = Hpke.open(type, privateKey, info(owner), header(type), sealed);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] open = found.get();
        try {
            return Optional.of(ContentsFormat.read(open)).filter(contents -> owner.equals(contents.owner()));
        } catch (IllegalArgumentException e) {
            // Anyone can seal to a public key, so an answer that opens may still contain any bytes.
            return Optional.empty();
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Returns the format and the type. They are also the associated data of the seal. */
    private static byte[] header(DeviceKeyType type) {
        return new byte[] {FORMAT, type.code()};
    }

    /**
     * Returns the label, the version and the two IDs. The IDs have fixed lengths, so no two owners share the same
     * bytes.
     */
    private static byte[] info(Owner owner) {
        byte[] ids = owner.toBytes();
        byte[] info = Arrays.copyOf(LABEL, LABEL.length + 1 + ids.length);
        info[LABEL.length] = FORMAT;
        System.arraycopy(ids, 0, info, LABEL.length + 1, ids.length);
        return info;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedAnswer that && type == that.type && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sealed);
    }

    @Override
    public String toString() {
        return "SealedAnswer[" + type + ", " + (HEADER_LENGTH + sealed.length) + " bytes]";
    }
}
