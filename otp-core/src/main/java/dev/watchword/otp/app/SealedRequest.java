package dev.watchword.otp.app;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.signing.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A request to sign a transaction, sealed for one token on one device. Only that device can read it. A {@link TokenVault}
 * opens it. Immutable. The sealed bytes reveal only the length of the request.
 *
 * <p>The seal is HPKE in base mode (RFC 9180 §6.1) with HKDF-SHA256 and AES-256-GCM. Its {@code info} contains the
 * service ID, the user ID and the version of the format. Anyone with the public key of a device can seal content to the
 * device, so the content begins with an authentication tag:
 * <ol>
 *   <li>32 bytes: HMAC-SHA256 over the encoding of the device's public key and the encoding of the request, under the key
 *       HMAC-SHA256(signing secret, {@code Watchword sealed request key})
 *   <li>the encoding of the request, as {@link SigningRequest#encode()} describes it
 * </ol>
 *
 * <p>Only the institution and the token have the signing secret. A request that opens is therefore from the institution,
 * and for this token on this device.
 */
public final class SealedRequest {
    private static final String NAME = "A sealed request";
    private static final String LABEL = "Watchword sealed request";
    private static final byte[] KEY_LABEL = (LABEL + " key").getBytes(StandardCharsets.US_ASCII);
    private static final String HMAC = "HmacSHA256";
    private static final int TAG_LENGTH = 32;
    private static final int MAX_LENGTH = TAG_LENGTH + SigningRequest.MAX_ENCODED_LENGTH;

    private final Envelope envelope;

    private SealedRequest(Envelope envelope) {
        this.envelope = envelope;
    }

    /**
     * Seals a request to the device of a token. Each call returns different bytes, and the device can open each of them.
     *
     * @param request the request that the holder reads
     * @param device the public key of the device, which was provisioned with the signing secret
     * @param signingSecret the signing secret of the token
     * @param random the source of all randomness. It MUST NOT repeat its output
     * @return the sealed request
     * @throws IllegalStateException if the secret is destroyed
     */
    public static SealedRequest seal(
            SigningRequest request, DevicePublicKey device, OtpSecret signingSecret, SecureRandom random) {
        byte[] encoded = request.encode();
        byte[] open = Arrays.copyOf(tag(signingSecret, device, encoded), TAG_LENGTH + encoded.length);
        System.arraycopy(encoded, 0, open, TAG_LENGTH, encoded.length);
        Owner owner = new Owner(request.serviceId(), request.userId());
        return new SealedRequest(Envelope.seal(LABEL, owner, open, device, random));
    }

    /**
     * Decodes a request that {@link #toBytes()} encoded. Checks only the form of the sealed request. It does not check
     * whether the request opens.
     *
     * @param bytes a format number (1), the type of the device's key (1 for X-Wing, 2 for P-256), the encapsulated key
     *     (1120 bytes for X-Wing, 65 bytes for P-256), and the ciphertext with its tag. The array is copied
     * @return the sealed request
     * @throws IllegalArgumentException if the bytes are malformed. The message names the reason
     */
    public static SealedRequest fromBytes(byte[] bytes) {
        return new SealedRequest(Envelope.fromBytes(bytes, NAME, TAG_LENGTH, MAX_LENGTH));
    }

    /**
     * Encodes the sealed request, to send it to the device.
     *
     * @return the bytes that {@link #fromBytes} decodes
     */
    public byte[] toBytes() {
        return envelope.toBytes();
    }

    /**
     * Opens the request with a device's key and authenticates it with a token's signing secret. Returns empty if either
     * fails, or if the request is for another owner.
     */
    Optional<SigningRequest> open(DeviceKey device, OtpSecret signingSecret, Owner owner) {
        if (envelope.type() != device.publicKey().type()) {
            return Optional.empty();
        }
        return envelope.open(LABEL, owner, device.privateKey())
                .flatMap(open -> authenticated(open, device.publicKey(), signingSecret))
                .filter(request -> owner.equals(new Owner(request.serviceId(), request.userId())));
    }

    private static Optional<SigningRequest> authenticated(
            byte[] open, DevicePublicKey device, OtpSecret signingSecret) {
        byte[] tag = Arrays.copyOf(open, TAG_LENGTH);
        byte[] encoded = Arrays.copyOfRange(open, TAG_LENGTH, open.length);
        if (!MessageDigest.isEqual(tag(signingSecret, device, encoded), tag)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SigningRequest.decode(encoded));
        } catch (IllegalArgumentException e) {
            // A later version of the institution's library may use another request format.
            return Optional.empty();
        }
    }

    /**
     * Returns the tag. The first two bytes of the device's encoding determine its length, so the two parts need no
     * separator.
     */
    private static byte[] tag(OtpSecret signingSecret, DevicePublicKey device, byte[] encoded) {
        byte[] secret = signingSecret.exposeBytes();
        byte[] key = {};
        try {
            key = hmac(secret, KEY_LABEL, new byte[0]);
            return hmac(key, device.toBytes(), encoded);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] hmac(byte[] key, byte[] first, byte[] second) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(first);
            return mac.doFinal(second);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The platform must have HmacSHA256; use a standard Java platform", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedRequest that && envelope.equals(that.envelope);
    }

    @Override
    public int hashCode() {
        return envelope.hashCode();
    }

    @Override
    public String toString() {
        return "SealedRequest" + envelope;
    }
}
