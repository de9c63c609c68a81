package dev.watchword.otp.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The name of an entry in a vault: its kind and its owner. It also encrypts and decrypts the entry's value with
 * AES-256-GCM. The encryption is bound to the name, so a value does not open under another name. The sealed value is
 * the nonce, followed by the ciphertext and its tag.
 */
record VaultEntry(Kind kind, Owner owner) implements Comparable<VaultEntry> {
    /** The kind of value that an entry contains. One changed bit makes no kind another one. */
    enum Kind {
        TOKEN(1),
        DEVICE_KEY(2),
        SIGNING(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        static Kind of(byte code) {
            return switch (code) {
                case 1 -> TOKEN;
                case 2 -> DEVICE_KEY;
                case 4 -> SIGNING;
                default ->
                    throw new IllegalArgumentException(
                            "The kind of a vault entry must be 1 (token), 2 (device key) or 4 (signing key)");
            };
        }
    }

    /** The length in bytes of the result of {@link #toBytes}. */
    static final int LENGTH = 1 + Owner.LENGTH;

    private static final byte[] LABEL = "Watchword vault 1".getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final Comparator<VaultEntry> ORDER =
            Comparator.comparing(VaultEntry::kind).thenComparing(VaultEntry::owner);

    static VaultEntry token(Owner owner) {
        return new VaultEntry(Kind.TOKEN, owner);
    }

    static VaultEntry deviceKey(Owner owner) {
        return new VaultEntry(Kind.DEVICE_KEY, owner);
    }

    static VaultEntry signing(Owner owner) {
        return new VaultEntry(Kind.SIGNING, owner);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).put(kind.code).put(owner.toBytes()).array();
    }

    static VaultEntry fromBytes(byte[] bytes) {
        return new VaultEntry(Kind.of(bytes[0]), Owner.fromBytes(Arrays.copyOfRange(bytes, 1, bytes.length)));
    }

    /** Encrypts a value under a key. The provider of the key draws the nonce. */
    byte[] seal(byte[] open, SecretKey key, SecureRandom random) {
        requireAes256(key);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            // The provider draws the nonce, because keys in hardware reject a nonce of the caller.
            cipher.init(Cipher.ENCRYPT_MODE, key, random);
            byte[] nonce = cipher.getIV();
            if (nonce.length != NONCE_LENGTH) {
                throw new VaultException(
                        "The key store's AES-GCM must use nonces of 12 bytes; use another key store", null);
            }
            updateAssociatedData(cipher);
            byte[] closed = cipher.doFinal(open);
            return ByteBuffer.allocate(nonce.length + closed.length)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new VaultException(
                    "The key store's key cannot encrypt for " + owner + "; unlock or replace the key", e);
        }
    }

    /** Decrypts a value. A value that was changed or sealed under another name or key is a {@link VaultException}. */
    byte[] open(byte[] sealed, SecretKey key) {
        requireAes256(key);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_LENGTH));
            updateAssociatedData(cipher);
            return cipher.doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw new VaultException(
                    "The vault entry of " + owner
                            + " does not open: it was changed, or the key store holds another"
                            + " key; restore both, or remove the entry and provision the app again",
                    e);
        }
    }

    private void updateAssociatedData(Cipher cipher) {
        cipher.updateAAD(LABEL);
        cipher.updateAAD(toBytes());
    }

    /** Requires an AES key of 256 bits. A key that stays in its hardware does not reveal its length and is accepted. */
    private static void requireAes256(SecretKey key) {
        byte[] encoded = key.getEncoded();
        boolean fit = key.getAlgorithm().equals("AES") && (encoded == null || encoded.length == 32);
        if (encoded != null) {
            Arrays.fill(encoded, (byte) 0);
        }
        if (!fit) {
            throw new VaultException("The key store's key must be an AES key of 256 bits; replace it", null);
        }
    }

    @Override
    public int compareTo(VaultEntry other) {
        return ORDER.compare(this, other);
    }
}
