package dev.watchword.otp.app;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * HPKE in base mode, with one message per key schedule (RFC 9180 §6.1). Keys are byte arrays.
 *
 * <p>Bouncy Castle would draw randomness from its global registrar. This class draws it from the caller's source
 * instead. It derives key pairs from random bytes, as RFC 9180 §4 allows. It passes the randomness of an X-Wing
 * encapsulation as an argument.
 */
final class Hpke {
    /** The length of a private key in bytes, the same for both types. */
    static final int PRIVATE_KEY_LENGTH = 32;

    /** The length of an AES-GCM tag in bytes. */
    static final int TAG_LENGTH = 16;

    private Hpke() {}

    static byte[] newPrivateKey(DeviceKeyType type, SecureRandom random) {
        HPKE hpke = type.hpke();
        byte[] ikm = randomBytes(PRIVATE_KEY_LENGTH, random);
        try {
            return hpke.serializePrivateKey(hpke.deriveKeyPair(ikm).getPrivate());
        } finally {
            Arrays.fill(ikm, (byte) 0);
        }
    }

    static byte[] publicKey(DeviceKeyType type, byte[] privateKey) {
        HPKE hpke = type.hpke();
        return hpke.serializePublicKey(
                hpke.deserializePrivateKey(privateKey, null).getPublic());
    }

    /**
     * Returns whether a server can seal to a public key of the right length. The check performs an encapsulation. It
     * finds a point off the curve, a coefficient out of range and a point of low order before a secret is involved.
     */
    static boolean isUsable(DeviceKeyType type, byte[] publicKey) {
        try {
            HPKE hpke = type.hpke();
            encapsulate(hpke, type, hpke.deserializePublicKey(publicKey), new byte[0], new byte[type.randomLength()]);
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    /** Returns the encapsulated key, followed by the ciphertext and its tag. */
    static byte[] seal(
            DeviceKeyType type, byte[] publicKey, byte[] info, byte[] aad, byte[] plain, SecureRandom random) {
        HPKE hpke = type.hpke();
        byte[] randomness = randomBytes(type.randomLength(), random);
        try {
            HPKEContextWithEncapsulation context =
                    encapsulate(hpke, type, hpke.deserializePublicKey(publicKey), info, randomness);
            byte[] encapsulation = context.getEncapsulation();
            byte[] closed = context.seal(aad, plain);
            byte[] sealed = Arrays.copyOf(encapsulation, encapsulation.length + closed.length);
            System.arraycopy(closed, 0, sealed, encapsulation.length, closed.length);
            return sealed;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("AES-GCM must not fail to encrypt; check the version of Bouncy Castle", e);
        } finally {
            Arrays.fill(randomness, (byte) 0);
        }
    }

    private static HPKEContextWithEncapsulation encapsulate(
            HPKE hpke, DeviceKeyType type, AsymmetricKeyParameter key, byte[] info, byte[] randomness) {
        return switch (type) {
            case X_WING -> hpke.setupBaseS(key, info, randomness);
            case P256 -> hpke.setupBaseS(key, info, hpke.deriveKeyPair(randomness));
        };
    }

    /** Returns the plaintext. Returns empty if any input differs from the input of {@link #seal}. */
    static Optional<byte[]> open(DeviceKeyType type, byte[] privateKey, byte[] info, byte[] aad, byte[] sealed) {
        HPKE hpke = type.hpke();
        int split = type.encapsulationLength();
        byte[] encapsulation = Arrays.copyOf(sealed, split);
        byte[] closed = Arrays.copyOfRange(sealed, split, sealed.length);
        var keyPair = hpke.deserializePrivateKey(privateKey, null);
        try {
            return Optional.of(hpke.setupBaseR(encapsulation, keyPair, info).open(aad, closed));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            // The last two exceptions report an encapsulated point that is off the curve or of low order.
            return Optional.empty();
        }
    }

    private static byte[] randomBytes(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
