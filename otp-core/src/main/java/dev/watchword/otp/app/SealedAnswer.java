package dev.watchword.otp.app;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token's contents, sealed so that only one device opens them, for one user of one service. Immutable; it shows nothing
 * of what is in it but its length.
 *
 * <p>It is HPKE in base mode (RFC 9180 §6.1) with HKDF-SHA256 and AES-256-GCM; service ID, user ID and the format's version
 * are in its {@code info}. Base mode proves no sender, so it must come by a connection that does.
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
     * Seals a token's contents to a device. Each time is another answer, and each of them opens.
     *
     * @param contents what the app receives
     * @param device the key of the device that asked
     * @param random the source of all its randomness; what it draws must never come again
     * @return the answer
     * @throws IllegalStateException if the secret was destroyed
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
     * Reads what {@link #toBytes()} wrote. That it has the form of an answer is all that is looked at; whether it opens, the
     * device's key tells.
     *
     * @param bytes a format number (1), the type of the device's key (1 for X-Wing, 2 for P-256), the encapsulation (1120
     *     bytes, or 65) and the ciphertext with its tag; copied
     * @return the answer
     * @throws IllegalArgumentException if they are not of that form; the message says why
     */
    public static SealedAnswer fromBytes(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("A sealed answer begins with its format, 1, and the type of the"
                    + " device's key; another format needs another version of this library");
        }
        DeviceKeyType type = DeviceKeyType.of(bytes[1]);
        int shortest = HEADER_LENGTH + type.encapsulationLength() + Hpke.TAG_LENGTH;
        if (bytes.length < shortest || bytes.length > shortest + ContentsFormat.MAX_LENGTH) {
            throw new IllegalArgumentException("A sealed answer of type " + type + " has " + shortest + " to "
                    + (shortest + ContentsFormat.MAX_LENGTH) + " bytes, not " + bytes.length);
        }
        return new SealedAnswer(type, Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length));
    }

    /**
     * Returns the answer in its own format, to send to the device.
     *
     * @return the bytes that {@link #fromBytes} reads
     */
    public byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(header(type), HEADER_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, bytes, HEADER_LENGTH, sealed.length);
        return bytes;
    }

    DeviceKeyType type() {
        return type;
    }

    /** Opens it with a key of its type; empty if it does not open, or holds the contents for another, or none. */
    Optional<TokenContents> open(byte[] privateKey, Owner owner) {
        Optional<byte[]> found = Hpke.open(type, privateKey, info(owner), header(type), sealed);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] open = found.get();
        try {
            return Optional.of(ContentsFormat.read(open)).filter(contents -> owner.equals(contents.owner()));
        } catch (IllegalArgumentException e) {
            // Anyone can seal to a public key, so what opens may still be anything.
            return Optional.empty();
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    private static byte[] header(DeviceKeyType type) {
        return new byte[] {FORMAT, type.code()};
    }

    /** Label, version and the two IDs, of which each has its fixed length, so that no two owners share one. */
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
