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
 * Seals secrets with AES-256-GCM, bound to their token: moved to another token or institution, they do not open. The
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
        String keyName = keys.sealingKeyName();
        if (!keys.key(keyName).map(KeySource::isAes256).orElse(true)) {
            throw new SealingException("Key " + keyName + " must be an AES key of 256 bits to seal with", null);
        }
        byte[] header = new byte[HEADER_LENGTH];
        random.nextBytes(header);
        header[0] = FORMAT;
        byte[] open = secret.exposeBytes();
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, keyName, header, serial).doFinal(open);
            byte[] sealed = Arrays.copyOf(header, header.length + closed.length);
            System.arraycopy(closed, 0, sealed, header.length, closed.length);
            return new SealedSecret(keyName, sealed);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new SealingException(
                    "Key " + keyName + " cannot seal the secret of token " + serial + ": it must be an AES key", e);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    OtpSecret open(SerialNumber serial, SealedSecret secret) {
        byte[] sealed = secret.bytes();
        if (sealed.length < MIN_LENGTH || sealed[0] != FORMAT) {
            throw new SealingException(
                    "The sealed secret of token " + serial + " is cut or of an unknown format; restore it", null);
        }
        byte[] header = Arrays.copyOf(sealed, HEADER_LENGTH);
        byte[] open = {};
        try {
            open = cipher(Cipher.DECRYPT_MODE, secret.keyName(), header, serial)
                    .doFinal(sealed, HEADER_LENGTH, sealed.length - HEADER_LENGTH);
            return OtpSecret.copyOf(open);
        } catch (AEADBadTagException e) {
            throw new SealingException(
                    "The sealed secret of token " + serial + " does not open under key " + secret.keyName()
                            + ": the key is another, or the secret was changed or moved from another token",
                    e);
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw new SealingException(
                    "The secret of token " + serial + " cannot be opened under key " + secret.keyName()
                            + ": it must be the AES key that sealed it",
                    e);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    private Cipher cipher(int mode, String keyName, byte[] header, SerialNumber serial)
            throws GeneralSecurityException {
        SecretKey key = keys.key(keyName)
                .orElseThrow(() -> new SealingException(
                        "Key " + keyName + " is not in the key source, and token " + serial
                                + " needs it; bring the key back",
                        null));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, 1, NONCE_LENGTH));
        cipher.updateAAD((serviceId + "/" + serial).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
