package dev.watchword.otp.app;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * HPKE in base mode, one message a key schedule (RFC 9180 §6.1), on keys as bytes.
 *
 * <p>Bouncy Castle would draw its randomness from its own registrar. Here it comes from the caller's source instead: key
 * pairs are derived from random bytes, as RFC 9180 §4 allows, and X-Wing's encapsulation takes its randomness as an argument.
 */
final class Hpke {
    static final int PRIVATE_KEY_LENGTH = 32;
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
     * Tells whether a key of the right length can be sealed to, by doing so: a point off the curve, coefficients out of
     * range, a point of low order are then found here, and not when a secret is at hand.
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

    /** Returns the encapsulation, followed by the ciphertext with its tag. */
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
            throw new IllegalStateException("AES-GCM failed to encrypt, which it cannot", e);
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

    /** Returns the plaintext, or empty if anything is another than when it was sealed. */
    static Optional<byte[]> open(DeviceKeyType type, byte[] privateKey, byte[] info, byte[] aad, byte[] sealed) {
        HPKE hpke = type.hpke();
        int split = type.encapsulationLength();
        byte[] encapsulation = Arrays.copyOf(sealed, split);
        byte[] closed = Arrays.copyOfRange(sealed, split, sealed.length);
        var keyPair = hpke.deserializePrivateKey(privateKey, null);
        try {
            return Optional.of(hpke.setupBaseR(encapsulation, keyPair, info).open(aad, closed));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            // The last two are an encapsulation that is no point of the curve, or one of low order.
            return Optional.empty();
        }
    }

    private static byte[] randomBytes(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
