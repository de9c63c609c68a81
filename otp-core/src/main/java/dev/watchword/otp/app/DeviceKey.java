package dev.watchword.otp.app;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * The private key of a device, which alone opens what a server sealed to its public key. Made for one provisioning, and
 * destroyed after it.
 *
 * <p>{@code toString} is redacted, and it is not serializable; a {@link TokenVault} keeps it sealed until it is used.
 * {@link #destroy()} wipes the key as far as the JVM allows. Safe for use by several threads, as long as none destroys it
 * under the others.
 */
public final class DeviceKey implements Destroyable {
    private final DeviceKeyType type;
    private final byte[] privateKey;
    private final DevicePublicKey publicKey;
    private volatile boolean destroyed;

    private DeviceKey(DeviceKeyType type, byte[] privateKey) {
        this.type = type;
        this.privateKey = privateKey;
        this.publicKey = new DevicePublicKey(type, Hpke.publicKey(type, privateKey));
    }

    /**
     * Draws a new key of the default type, {@link DeviceKeyType#X_WING}.
     *
     * @param random the source of all its randomness
     * @return the key
     */
    public static DeviceKey generate(SecureRandom random) {
        return generate(DeviceKeyType.X_WING, random);
    }

    /**
     * Draws a new key.
     *
     * @param type its type, which the server must accept
     * @param random the source of all its randomness
     * @return the key
     */
    public static DeviceKey generate(DeviceKeyType type, SecureRandom random) {
        return new DeviceKey(requireNonNull(type, "type"), Hpke.newPrivateKey(type, random));
    }

    /** Takes back what {@link #exposeBytes} handed out; copied. */
    static DeviceKey fromBytes(byte[] bytes) {
        if (bytes.length != 1 + Hpke.PRIVATE_KEY_LENGTH) {
            throw new IllegalArgumentException("A device key has its type and " + Hpke.PRIVATE_KEY_LENGTH + " bytes");
        }
        return new DeviceKey(DeviceKeyType.of(bytes[0]), Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    /** The type and the private key in the open, which the caller must wipe. */
    byte[] exposeBytes() {
        byte[] bytes = new byte[1 + privateKey.length];
        bytes[0] = type.code();
        System.arraycopy(privateKey(), 0, bytes, 1, privateKey.length);
        return bytes;
    }

    /**
     * Returns the public key, to send to the server.
     *
     * @return the public key
     */
    public DevicePublicKey publicKey() {
        return publicKey;
    }

    /**
     * Opens a server's answer. One that opens was sealed to this key, but by whom it does not tell: that the server is the
     * institution's must be known from the connection that it came by.
     *
     * @param answer the answer
     * @param serviceId the service ID that the answer was asked for, 8 ASCII digits
     * @param userId the user ID that the answer was asked for, 12 ASCII digits
     * @return what it contains; empty if it is for another device, service or user, or if any byte of it was changed
     * @throws IllegalArgumentException if an ID is not of its form
     * @throws IllegalStateException if the key was destroyed
     */
    public Optional<TokenContents> open(SealedAnswer answer, String serviceId, String userId) {
        Owner owner = new Owner(serviceId, userId);
        byte[] usable = privateKey();
        return answer.type() == type ? answer.open(usable, owner) : Optional.empty();
    }

    /** The key itself, to be read within this package and never kept or changed. */
    byte[] privateKey() {
        if (destroyed) {
            throw new IllegalStateException("This device key was destroyed; generate another and ask again");
        }
        return privateKey;
    }

    /** Wipes the key; opening with it afterwards is an {@link IllegalStateException}. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "DeviceKey[" + type + ", redacted]";
    }
}
