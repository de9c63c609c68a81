package dev.watchword.otp.lifecycle;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets with AES-256-GCM, and the hashes of passwords, each bound to its token or holder: moved elsewhere, they do not open. The
 * sealed bytes are a format number, the nonce, and the ciphertext with its tag.
 */
final class SecretSealer {
    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_LENGTH = 1 + NONCE_LENGTH;
    private static final int MIN_LENGTH = HEADER_LENGTH + TAG_BITS / 8;

    private final KeySource keys;
    private final ServiceId serviceId;
    private final SecureRandom random;

    SecretSealer(KeySource keys, ServiceId serviceId, SecureRandom random) {
        this.keys = keys;
        this.serviceId = serviceId;
        this.random = random;
    }

    SealedSecret seal(SerialNumber serial, OtpSecret secret) {
        byte[] open = secret.exposeBytes();
        try {
            return seal(ofToken(serial), open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    OtpSecret open(SerialNumber serial, SealedSecret secret) {
        byte[] open = open(ofToken(serial), secret);
        try {
            return OtpSecret.copyOf(open);
        } catch (IllegalArgumentException e) {
            throw new SealingException("The sealed secret of token " + serial + " is none: restore it", e);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** The same secret, sealed under the key that seals now. */
    SealedSecret anew(SerialNumber serial, SealedSecret secret) {
        return anew(ofToken(serial), secret);
    }

    /** The same for a hash. */
    SealedSecret anew(Holder holder, String what, SealedSecret hash) {
        return anew(ofHolder(holder, what), hash);
    }

    private SealedSecret anew(Belonging belonging, SealedSecret old) {
        byte[] open = open(belonging, old);
        try {
            return seal(belonging, open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    SealedSecret sealHash(Holder holder, String what, byte[] hash) {
        return seal(ofHolder(holder, what), hash);
    }

    byte[] openHash(Holder holder, String what, SealedSecret hash) {
        return open(ofHolder(holder, what), hash);
    }

    /** What a secret belongs to: how messages call it, and the associated data that bind it. */
    private record Belonging(String name, String associatedData) {}

    private Belonging ofToken(SerialNumber serial) {
        return new Belonging("the secret of token " + serial, serviceId + "/" + serial);
    }

    private Belonging ofHolder(Holder holder, String what) {
        return new Belonging("the " + what + " of holder " + holder, serviceId + "/" + what + "/" + holder);
    }

    private SealedSecret seal(Belonging belonging, byte[] open) {
        String keyName = keys.sealingKeyName();
        if (!keys.key(keyName).map(KeySource::isAes256).orElse(true)) {
            throw new SealingException("Key " + keyName + " must be an AES key of 256 bits to seal with", null);
        }
        byte[] header = new byte[HEADER_LENGTH];
        random.nextBytes(header);
        header[0] = FORMAT;
        try {
            byte[] closed =
                    cipher(Cipher.ENCRYPT_MODE, keyName, header, belonging).doFinal(open);
            byte[] sealed = Arrays.copyOf(header, header.length + closed.length);
            System.arraycopy(closed, 0, sealed, header.length, closed.length);
            return new SealedSecret(keyName, sealed);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new SealingException(
                    "Key " + keyName + " cannot seal " + belonging.name() + ": it must be an AES key", e);
        }
    }

    private byte[] open(Belonging belonging, SealedSecret secret) {
        byte[] sealed = secret.bytes();
        if (sealed.length < MIN_LENGTH || sealed[0] != FORMAT) {
            throw new SealingException(
                    "What is sealed as " + belonging.name() + " is cut or of an unknown format; restore it", null);
        }
        byte[] header = Arrays.copyOf(sealed, HEADER_LENGTH);
        try {
            return cipher(Cipher.DECRYPT_MODE, secret.keyName(), header, belonging)
                    .doFinal(sealed, HEADER_LENGTH, sealed.length - HEADER_LENGTH);
        } catch (AEADBadTagException e) {
            throw new SealingException(
                    "What is sealed as " + belonging.name() + " does not open under key " + secret.keyName()
                            + ": the key is another, or it was changed or moved from elsewhere",
                    e);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new SealingException(
                    "What is sealed as " + belonging.name() + " cannot be opened under key " + secret.keyName()
                            + ": it must be the AES key that sealed it",
                    e);
        }
    }

    private Cipher cipher(int mode, String keyName, byte[] header, Belonging belonging)
            throws GeneralSecurityException {
        SecretKey key = keys.key(keyName)
                .orElseThrow(() -> new SealingException(
                        "Key " + keyName + " is not in the key source, and " + belonging.name()
                                + " needs it; bring the key back",
                        null));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, 1, NONCE_LENGTH));
        cipher.updateAAD(belonging.associatedData().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
