package dev.watchword.otp.app;

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
    private static final String LABEL = "Watchword provisioning answer";

    private final Envelope envelope;

    private SealedAnswer(Envelope envelope) {
        this.envelope = envelope;
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
            return new SealedAnswer(Envelope.seal(LABEL, contents.owner(), open, device, random));
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
        return new SealedAnswer(Envelope.fromBytes(bytes, "A sealed answer", 0, ContentsFormat.MAX_LENGTH));
    }

    /**
     * Encodes the answer, to send it to the device.
     *
     * @return the bytes that {@link #fromBytes} decodes
     */
    public byte[] toBytes() {
        return envelope.toBytes();
    }

    DeviceKeyType type() {
        return envelope.type();
    }

    /**
     * Opens the answer with a private key of its type. Returns empty if the answer does not open, or contains malformed
     * contents or the contents for another owner.
     */
    Optional<TokenContents> open(byte[] privateKey, Owner owner) {
        Optional<byte[]> found = envelope.open(LABEL, owner, privateKey);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedAnswer that && envelope.equals(that.envelope);
    }

    @Override
    public int hashCode() {
        return envelope.hashCode();
    }

    @Override
    public String toString() {
        return "SealedAnswer" + envelope;
    }
}
