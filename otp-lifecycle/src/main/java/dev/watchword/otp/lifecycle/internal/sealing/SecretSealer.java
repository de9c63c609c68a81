package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets and password hashes with AES-256-GCM. Each value is bound to its token or holder by the associated data,
 * so a value that is moved elsewhere does not decrypt. The encrypted bytes are a format number, the nonce, and the ciphertext
 * with its tag.
 */
public final class SecretSealer {
    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_LENGTH = 1 + NONCE_LENGTH;
    private static final int MIN_LENGTH = HEADER_LENGTH + TAG_BITS / 8;

    /** The plaintext of every check value. It is public, so it need not be wiped. */
    private static final byte[] CHECK = "key check".getBytes(StandardCharsets.US_ASCII);

    private final KeySource keys;
    private final ServiceId serviceId;
    private final SecureRandom random;
    private final Instances<Cipher> idle = new Instances<>();

    public SecretSealer(KeySource keys, ServiceId serviceId, SecureRandom random) {
        this.keys = keys;
        this.serviceId = serviceId;
        this.random = random;
    }

    /** Encrypts the secret of a token. */
    public SealedSecret seal(SerialNumber serial, OtpSecret secret) {
        byte[] open = secret.exposeBytes();
        try {
            return seal(ofToken(serial), open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Encrypts the key with which a token signs. */
    public SealedSecret sealSigning(SerialNumber serial, OtpSecret key) {
        byte[] open = key.exposeBytes();
        try {
            return seal(ofSigning(serial), open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Decrypts the key with which a token signs. The caller destroys it after use. */
    public OtpSecret openSigning(SerialNumber serial, SealedSecret key) {
        return open(serial, ofSigning(serial), key);
    }

    /** Re-encrypts the key with which a token signs under the current key. */
    public SealedSecret reencryptSigning(SerialNumber serial, SealedSecret key) {
        return reencrypt(ofSigning(serial), key);
    }

    /** Decrypts the secret of a token. The caller destroys it after use. */
    public OtpSecret open(SerialNumber serial, SealedSecret secret) {
        return open(serial, ofToken(serial), secret);
    }

    private OtpSecret open(SerialNumber serial, Owner owner, SealedSecret secret) {
        byte[] open = open(owner, secret);
        try {
            return OtpSecret.weakLegacyCopyOf(open); // Only a migration with the loud option seals a weak secret.
        } catch (IllegalArgumentException e) {
            throw new IntegrityException("The stored secret of token " + serial + " is not a secret; restore it", e);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Encrypts the secret of a token for the stock. The encryption is bound to the values of the stocked token (R10.5). */
    public SealedSecret seal(StockSeal stock, OtpSecret secret) {
        byte[] open = secret.exposeBytes();
        try {
            return seal(ofStock(stock), open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Encrypts the signing key of a token for the stock. */
    public SealedSecret sealSigning(StockSeal stock, OtpSecret key) {
        byte[] open = key.exposeBytes();
        try {
            return seal(ofSigning(stock), open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Encrypts the secret of a stocked token for the holder's token that it becomes. */
    public SealedSecret takeFromStock(StockedToken token) {
        byte[] open = open(ofStock(StockSeal.of(token)), token.secret());
        try {
            return seal(ofToken(token.serial()), open);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Encrypts the signing key of a stocked token for the holder's token that it becomes. Returns null if it has none. */
    public @Nullable SigningKey takeSigningFromStock(StockedToken token) {
        SigningKey key = token.signing();
        if (key == null) {
            return null;
        }
        byte[] open = open(ofSigning(StockSeal.of(token)), key.secret());
        try {
            return key.toBuilder().secret(seal(ofSigning(token.serial()), open)).build();
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Re-encrypts the secret and the signing key of a stocked token under the current key. */
    public StockedToken reencrypt(StockedToken token) {
        StockSeal stock = StockSeal.of(token);
        SigningKey key = token.signing();
        return token.toBuilder()
                .secret(reencrypt(ofStock(stock), token.secret()))
                .signing(
                        key == null
                                ? null
                                : key.toBuilder()
                                        .secret(reencrypt(ofSigning(stock), key.secret()))
                                        .build())
                .build();
    }

    /** Re-encrypts the secret of a token under the current key. */
    public SealedSecret reencrypt(SerialNumber serial, SealedSecret secret) {
        return reencrypt(ofToken(serial), secret);
    }

    /** Re-encrypts a hash under the current key. */
    public SealedSecret reencrypt(Holder holder, String what, SealedSecret hash) {
        return reencrypt(ofHolder(holder, what), hash);
    }

    private SealedSecret reencrypt(Owner owner, SealedSecret old) {
        byte[] open = open(owner, old);
        try {
            return seal(owner, open);
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

    /** Encrypts a public text under a key, current or former, so that {@link #opensCheck} recognises the key. */
    SealedSecret sealCheck(String keyName) {
        return seal(keyName, ofKey(keyName), CHECK);
    }

    /** Returns whether the key of this name is the one that encrypted the check value. */
    boolean opensCheck(SealedSecret check) {
        try {
            return Arrays.equals(CHECK, decrypt(ofKey(check.keyName()), check));
        } catch (AEADBadTagException e) {
            return false;
        }
    }

    /** The owner of an encrypted value: its name in messages, and the associated data that bind the value to it. */
    private static final class Owner {
        private final Supplier<String> name;
        private final byte[] associatedData;

        Owner(Supplier<String> name, byte[] associatedData) {
            this.name = name;
            this.associatedData = associatedData;
        }

        static Owner of(Supplier<String> name, String associatedData) {
            return new Owner(name, associatedData.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Owner ofStock(StockSeal stock) {
        return new Owner(() -> "the secret of stocked token " + stock.serial(), stock.ofSecret(serviceId));
    }

    private Owner ofSigning(StockSeal stock) {
        return new Owner(() -> "the signing key of stocked token " + stock.serial(), stock.ofSigning(serviceId));
    }

    private Owner ofToken(SerialNumber serial) {
        return Owner.of(() -> "the secret of token " + serial, serviceId + "/" + serial);
    }

    /** No serial number has a space, so no secret of a token has these associated data. */
    private Owner ofSigning(SerialNumber serial) {
        return Owner.of(() -> "the signing key of token " + serial, serviceId + "/signing key/" + serial);
    }

    private Owner ofHolder(Holder holder, String what) {
        return Owner.of(() -> "the " + what + " of holder " + holder, serviceId + "/" + what + "/" + holder);
    }

    private Owner ofKey(String keyName) {
        return Owner.of(() -> "the check value of sealing key " + keyName, serviceId + "/key check/" + keyName);
    }

    private SealedSecret seal(Owner owner, byte[] open) {
        return seal(keys.sealingKeyName(), owner, open);
    }

    private SealedSecret seal(String keyName, Owner owner, byte[] open) {
        if (!keys.sealingKey(keyName).map(KeySource::isSealingKey).orElse(true)) {
            throw new KeyUnavailableException("Sealing key " + keyName + " must be an AES key of 256 bits", null);
        }
        byte[] header = new byte[HEADER_LENGTH];
        random.nextBytes(header);
        header[0] = FORMAT;
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyName, header, owner);
            byte[] closed = cipher.doFinal(open);
            idle.putBack(cipher);
            byte[] sealed = Arrays.copyOf(header, header.length + closed.length);
            System.arraycopy(closed, 0, sealed, header.length, closed.length);
            return new SealedSecret(keyName, sealed);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new KeyUnavailableException(
                    "Sealing key " + keyName + " cannot encrypt " + owner.name.get() + "; it must be an AES key", e);
        }
    }

    private byte[] open(Owner owner, SealedSecret secret) {
        try {
            return decrypt(owner, secret);
        } catch (AEADBadTagException e) {
            throw new IntegrityException(
                    "The stored value of " + owner.name.get() + " does not decrypt under key " + secret.keyName()
                            + ": the key has other bytes, or the value was altered or moved",
                    e);
        }
    }

    private byte[] decrypt(Owner owner, SealedSecret secret) throws AEADBadTagException {
        byte[] sealed = secret.bytes();
        if (sealed.length < MIN_LENGTH || sealed[0] != FORMAT) {
            throw new IntegrityException(
                    "The stored value of " + owner.name.get() + " is cut or has an unknown format; restore it", null);
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, secret.keyName(), sealed, owner);
            byte[] open = cipher.doFinal(sealed, HEADER_LENGTH, sealed.length - HEADER_LENGTH);
            idle.putBack(cipher);
            return open;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new KeyUnavailableException(
                    "Sealing key " + secret.keyName() + " cannot decrypt " + owner.name.get()
                            + "; it must be the AES key that encrypted it",
                    e);
        }
    }

    /** Initialises a cipher for a value that begins with this header. */
    private Cipher cipher(int mode, String keyName, byte[] header, Owner owner) throws GeneralSecurityException {
        SecretKey key = keys.sealingKey(keyName)
                .orElseThrow(() -> new KeyUnavailableException(
                        "Sealing key " + keyName + " is not in the key source, and " + owner.name.get()
                                + " needs it; restore the key",
                        null));
        Cipher taken = idle.take();
        Cipher cipher = taken == null ? Cipher.getInstance("AES/GCM/NoPadding") : taken;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, 1, NONCE_LENGTH));
        cipher.updateAAD(owner.associatedData);
        return cipher;
    }
}
