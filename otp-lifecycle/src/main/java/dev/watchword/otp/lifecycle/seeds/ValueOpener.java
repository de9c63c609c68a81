package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The decryption of the values of one container.
 *
 * <p>A value that was encrypted with AES-CBC is decrypted only after its MAC was verified. A MAC that is present is
 * verified with every cipher.
 *
 * <p>If the first value cannot be decrypted, the key is presumed wrong, and reading ends. After a success, a value that
 * cannot be decrypted makes only its record bad.
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

    /** Prepares the key and the MAC that the head of a container declares (RFC 6030 §6). */
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
                            RecordProblem.NOT_OPENED,
                            encryptionKey,
                            "The file is encrypted; open it with its pre-shared key or password");
                }
                return new ValueOpener(null, null, null);
            }
            if (encryptionKey == null) {
                throw Problem.at(
                        RecordProblem.NOT_PROTECTED,
                        root,
                        "The file has no EncryptionKey, although a key or password was given;"
                                + " ask the maker for an encrypted file");
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
        if (shared != null && encryptionKey.children().isEmpty()) {
            return shared; // The file names no key, so it can only mean the one that is given.
        }
        if (derived == null && name == null && !encryptionKey.children().isEmpty()) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    encryptionKey,
                    "EncryptionKey must have KeyName (a pre-shared key) or DerivedKey (a password); public-key"
                            + " encryption (RFC 6030 §6.3) is not supported");
        }
        if (derived == null && name == null) {
            throw Problem.at(
                    RecordProblem.MISSING,
                    encryptionKey,
                    "EncryptionKey must have KeyName (a pre-shared key) or DerivedKey (a password)");
        }
        if (derived != null && name != null) {
            throw Problem.at(
                    RecordProblem.UNEXPECTED, encryptionKey, "EncryptionKey must have KeyName or DerivedKey, not both");
        }
        String kind = derived == null ? "pre-shared key" : "password";
        throw Problem.at(
                RecordProblem.NOT_OPENED,
                encryptionKey,
                "The file is encrypted under a " + kind + ", but another kind of key was given; give its " + kind);
    }

    /** The least length of a MAC key, in bytes. The cipher of the key does not authenticate it, and a short key can be guessed. */
    private static final int LEAST_MAC_KEY = 16;

    private static ValueOpener withMac(SecretKey key, XmlElement macMethod) throws Problem {
        String algorithm = macMethod.attribute("Algorithm");
        if (algorithm == null || algorithm.isEmpty()) {
            // This opener refuses a value that has a MAC or whose cipher requires one.
            return new ValueOpener(key, null, null);
        }
        String hash = ValueMac.hashOf(algorithm);
        if (hash == null) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    macMethod,
                    "MACMethod must be HMAC-SHA1, -SHA224, -SHA256, -SHA384 or -SHA512");
        }
        Fields fields = Fields.of(macMethod, "MACKey");
        XmlElement encrypted = fields.get("MACKey");
        // Drafts of RFC 6030 use the encryption key itself. Only its owners can compute such a MAC.
        if (encrypted == null) {
            return new ValueOpener(key, hash, key);
        }
        byte[] macKey = {};
        try {
            macKey = cipher(encrypted, key).decrypt(key, cipherValue(encrypted));
            if (macKey.length < LEAST_MAC_KEY) {
                throw Problem.at(
                        RecordProblem.NOT_PROTECTED,
                        encrypted,
                        "The MAC key is shorter than " + LEAST_MAC_KEY + " bytes");
            }
            return new ValueOpener(key, hash, new SecretKeySpec(macKey, "HMAC"));
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw Problem.at(
                    RecordProblem.NOT_OPENED,
                    encrypted,
                    "The MAC key cannot be decrypted: the key or password is wrong");
        } finally {
            Arrays.fill(macKey, (byte) 0);
        }
    }

    /** Decrypts a value, for instance of a {@code Secret}. The caller MUST wipe the result. */
    byte[] open(XmlElement value, XmlElement encrypted, @Nullable XmlElement mac) throws Problem {
        if (key == null) {
            throw Problem.at(
                    RecordProblem.NOT_OPENED,
                    encrypted,
                    "The value is encrypted, but the file has no EncryptionKey; ask the maker for a complete file");
        }
        ValueCipher cipher = cipher(encrypted, key);
        byte[] data = cipherValue(encrypted);
        if (mac == null && !cipher.authenticates()) {
            throw Problem.at(
                    RecordProblem.NOT_PROTECTED,
                    value,
                    "ValueMAC is missing; a value that is encrypted with AES-CBC must have one (RFC 6030 §6.1.1)");
        }
        try {
            if (mac != null && !isRight(mac, data)) {
                throw notOpen(mac, "ValueMAC does not match: the value was changed, or the key or password is wrong");
            }
            byte[] open = cipher.decrypt(key, data);
            proven = true;
            return open;
        } catch (GeneralSecurityException | ProviderException e) {
            throw notOpen(encrypted, "The value cannot be decrypted: it was changed, or the key or password is wrong");
        }
    }

    private boolean isRight(XmlElement mac, byte[] data) throws Problem, GeneralSecurityException {
        if (macHash == null || macKey == null) {
            throw Problem.at(
                    RecordProblem.NOT_PROTECTED,
                    mac,
                    "The file must have MACMethod, without which ValueMAC cannot be verified");
        }
        return MessageDigest.isEqual(ValueMac.of(macHash, macKey, data), Values.base64(mac));
    }

    private Problem notOpen(XmlElement at, String text) {
        Problem problem = Problem.at(RecordProblem.NOT_OPENED, at, text);
        return proven ? problem : problem.ofFile();
    }

    private static ValueCipher cipher(XmlElement encrypted, SecretKey key) throws Problem {
        XmlElement method = encrypted.need(Pskc.XENC, "EncryptionMethod");
        ValueCipher cipher = ValueCipher.of(method.attribute("Algorithm"));
        if (cipher == null) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    method,
                    ValueCipher.refusal(String.valueOf(method.attribute("Algorithm"))));
        }
        if (!cipher.fits(key)) {
            throw Problem.at(
                    RecordProblem.NOT_OPENED,
                    method,
                    "The cipher needs a key of " + cipher.keyLength() * Byte.SIZE
                            + " bits, but the given key has another length");
        }
        return cipher;
    }

    private static byte[] cipherValue(XmlElement encrypted) throws Problem {
        return Values.base64(encrypted.need(Pskc.XENC, "CipherData").need(Pskc.XENC, "CipherValue"));
    }

    /** Returns whether a plain secret must be rejected. */
    boolean expectsEncryption() {
        return key != null;
    }
}
