package dev.watchword.otp.lifecycle.stock;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens the encrypted values of one container. A value whose cipher does not authenticate is decrypted only after its
 * MAC was found right, and a MAC that is there is never passed over.
 *
 * <p>If the very first value does not open, the key is taken to be another, and reading ends; later it is the record
 * that is bad.
 */
final class ValueOpener {
    private final @Nullable SecretKey key;
    private final @Nullable String macHash;
    private final @Nullable SecretKey macKey;
    private boolean proven;

    private ValueOpener(@Nullable SecretKey key, @Nullable String macHash, @Nullable SecretKey macKey) {
        this.key = key;
        this.macHash = macHash;
        this.macKey = macKey;
    }

    /** Prepares the key and the MAC that the head of a container describes (RFC 6030 §6). */
    static ValueOpener of(
            XmlElement root,
            @Nullable XmlElement encryptionKey,
            @Nullable XmlElement macMethod,
            PskcKey given,
            SeedLimits limits)
            throws Problem {
        try {
            if (given.isNone()) {
                if (encryptionKey != null) {
                    throw Problem.at(
                            encryptionKey, "The file is encrypted; open it with its pre-shared key or password");
                }
                return new ValueOpener(null, null, null);
            }
            if (encryptionKey == null) {
                throw Problem.at(root, "The file says nothing of encryption, though a key for it was given");
            }
            SecretKey key = key(encryptionKey, given, limits);
            if (macMethod == null) {
                return new ValueOpener(key, null, null);
            }
            return withMac(key, macMethod);
        } catch (Problem e) {
            throw e.ofFile();
        }
    }

    private static SecretKey key(XmlElement encryptionKey, PskcKey given, SeedLimits limits) throws Problem {
        XmlElement derived = encryptionKey.child(Pskc.XENC11, "DerivedKey");
        XmlElement name = encryptionKey.child(Pskc.DS, "KeyName");
        char[] password = given.password();
        SecretKey shared = given.shared();
        if (password != null && derived != null && name == null) {
            return Pbkdf2.derive(derived.need(Pskc.XENC11, "KeyDerivationMethod"), password, limits.maxIterations());
        }
        if (shared != null && name != null && derived == null) {
            return shared;
        }
        if (derived == null && name == null) {
            throw Problem.at(encryptionKey, "The file must be encrypted under a pre-shared key or a password");
        }
        throw Problem.at(
                encryptionKey,
                "The file is encrypted under a " + (derived == null ? "pre-shared key" : "password")
                        + ", and another kind of key was given");
    }

    private static ValueOpener withMac(SecretKey key, XmlElement macMethod) throws Problem {
        String hash = ValueMac.hashOf(macMethod.attribute("Algorithm"));
        if (hash == null) {
            throw Problem.at(macMethod, "The MAC must be HMAC-SHA1, or HMAC-SHA224 to HMAC-SHA512");
        }
        Fields fields = Fields.of(macMethod, "MACKey");
        XmlElement encrypted = fields.get("MACKey");
        if (encrypted == null) { // as in drafts of the RFC; nobody without the key can make such a MAC either
            return new ValueOpener(key, hash, key);
        }
        byte[] macKey = {};
        try {
            macKey = cipher(encrypted, key).decrypt(key, cipherValue(encrypted));
            return new ValueOpener(key, hash, new SecretKeySpec(macKey, "HMAC"));
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw Problem.at(encrypted, "The MAC key does not open: the key or password is another");
        } finally {
            Arrays.fill(macKey, (byte) 0);
        }
    }

    /** The bytes of an encrypted value, for instance of a {@code Secret}; the caller wipes them. */
    byte[] open(XmlElement value, XmlElement encrypted, @Nullable XmlElement mac) throws Problem {
        if (key == null) {
            throw Problem.at(encrypted, "The value is encrypted, and the file does not say how");
        }
        ValueCipher cipher = cipher(encrypted, key);
        byte[] data = cipherValue(encrypted);
        if (mac == null && !cipher.authenticates()) {
            throw Problem.at(value, "ValueMAC is missing, without which the value may have been changed");
        }
        try {
            if (mac != null && !isRight(mac, data)) {
                throw notOpen(mac, "The MAC of the value is wrong: it was changed, or the key or password is another");
            }
            byte[] open = cipher.decrypt(key, data);
            proven = true;
            return open;
        } catch (GeneralSecurityException | ProviderException e) {
            throw notOpen(encrypted, "The value does not open: it was changed, or the key or password is another");
        }
    }

    private boolean isRight(XmlElement mac, byte[] data) throws Problem, GeneralSecurityException {
        if (macHash == null || macKey == null) {
            throw Problem.at(mac, "The file has no MACMethod that says how to verify ValueMAC");
        }
        return MessageDigest.isEqual(ValueMac.of(macHash, macKey, data), Values.base64(mac));
    }

    private Problem notOpen(XmlElement at, String text) {
        return proven ? Problem.at(at, text) : Problem.ofFile(at, text);
    }

    private static ValueCipher cipher(XmlElement encrypted, SecretKey key) throws Problem {
        XmlElement method = encrypted.need(Pskc.XENC, "EncryptionMethod");
        ValueCipher cipher = ValueCipher.of(method.attribute("Algorithm"));
        if (cipher == null) {
            throw Problem.at(method, "The cipher must be AES in CBC or GCM mode, or AES key wrap");
        }
        if (!cipher.fits(key)) {
            throw Problem.at(
                    method,
                    "The cipher needs a key of " + cipher.keyLength() * Byte.SIZE
                            + " bits, and the key given has another length");
        }
        return cipher;
    }

    private static byte[] cipherValue(XmlElement encrypted) throws Problem {
        return Values.base64(encrypted.need(Pskc.XENC, "CipherData").need(Pskc.XENC, "CipherValue"));
    }

    /** Tells whether secrets must be encrypted. */
    boolean expectsEncryption() {
        return key != null;
    }
}
