package dev.watchword.otp.app;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.signing.SigningRequest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * The private key of a device. Only this key opens an answer that a server sealed to the matching public key. An app
 * generates a key for one provisioning. Afterwards, the app destroys it if the token has no signing secret. The vault of a
 * token that signs keeps the key, to open signing requests.
 *
 * <p>{@code toString} is redacted, and the class is not serializable. The field of the key is transient, so that a JSON
 * mapper that reads fields does not read it. A {@link TokenVault} stores the key encrypted until the app uses it.
 *
 * <p>{@link #destroy()} wipes the key as far as the JVM allows.
 *
 * <p>Safe for use by several threads, provided that no thread destroys the key while another thread uses it.
 */
public final class DeviceKey implements Destroyable {
    private final DeviceKeyType type;
    private final transient byte[] privateKey;
    private final DevicePublicKey publicKey;
    private volatile boolean destroyed;

    private DeviceKey(DeviceKeyType type, byte[] privateKey) {
        this.type = type;
        this.privateKey = privateKey;
        this.publicKey = new DevicePublicKey(type, Hpke.publicKey(type, privateKey));
    }

    /**
     * Generates a key of the default type, {@link DeviceKeyType#X_WING}.
     *
     * @param random the source of all randomness of the key
     * @return the key
     */
    public static DeviceKey generate(SecureRandom random) {
        return generate(DeviceKeyType.X_WING, random);
    }

    /**
     * Generates a key.
     *
     * @param type the type of the key, which the server must accept
     * @param random the source of all randomness of the key
     * @return the key
     */
    public static DeviceKey generate(DeviceKeyType type, SecureRandom random) {
        return new DeviceKey(requireNonNull(type, "type"), Hpke.newPrivateKey(type, random));
    }

    /** Restores a key from the result of {@link #exposeBytes}. The array is copied. */
    static DeviceKey fromBytes(byte[] bytes) {
        if (bytes.length != 1 + Hpke.PRIVATE_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "An encoded device key must have a type and " + Hpke.PRIVATE_KEY_LENGTH + " bytes of key");
        }
        return new DeviceKey(DeviceKeyType.of(bytes[0]), Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    /** Returns the type and the private key in plain text. The caller MUST wipe the array. */
    byte[] exposeBytes() {
        byte[] bytes = new byte[1 + privateKey.length];
        bytes[0] = type.code();
        System.arraycopy(privateKey(), 0, bytes, 1, privateKey.length);
        return bytes;
    }

    /**
     * Returns the public key, which the app sends to the server.
     *
     * @return the public key
     */
    public DevicePublicKey publicKey() {
        return publicKey;
    }

    /**
     * Opens a server's answer. An answer that opens was sealed to this key, but everyone with the public key can seal
     * to it. The app MUST therefore receive the answer over a connection that authenticates the institution's server.
     *
     * @param answer the answer
     * @param serviceId the service ID of the request, 8 ASCII digits
     * @param userId the user ID of the request, 12 ASCII digits
     * @return the contents; empty if the answer is for another device, service or user, or if any byte of it was
     *     changed
     * @throws IllegalArgumentException if an ID is malformed
     * @throws IllegalStateException if the key is destroyed
     */
    public Optional<TokenContents> open(SealedAnswer answer, String serviceId, String userId) {
        Owner owner = new Owner(serviceId, userId);
        byte[] usable = privateKey();
        return answer.type() == type ? answer.open(usable, owner) : Optional.empty();
    }

    /**
     * Opens a server's request to sign a transaction. A request that opens is from the institution, because it contains a
     * tag under the signing secret. A {@link TokenVault} does this for its tokens. An app without a vault MUST also check the
     * expiry, and MUST show a request once.
     *
     * @param request the request
     * @param contents the token that signs
     * @return the request with its details; empty if it is for another device or token, if any byte of it was changed, or if
     *     the token does not sign
     * @throws IllegalStateException if the key or the signing secret is destroyed
     */
    public Optional<SigningRequest> open(SealedRequest request, TokenContents contents) {
        return contents.signingSecret()
                .flatMap(secret -> request.open(this, secret, contents.owner()))
                .filter(opened -> contents.serial().equals(opened.serial()));
    }

    /** Returns the internal array. Callers in this package MUST NOT keep or change it. */
    byte[] privateKey() {
        if (destroyed) {
            throw new IllegalStateException(
                    "This device key was destroyed; generate another one and request a new answer");
        }
        return privateKey;
    }

    /** Wipes the key. Opening an answer afterwards throws an {@link IllegalStateException}. */
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
