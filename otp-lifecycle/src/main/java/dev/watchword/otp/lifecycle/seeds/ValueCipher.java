package dev.watchword.otp.lifecycle.seeds;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An encryption algorithm of XML Encryption, always with AES.
 *
 * @param mode the mode of operation
 * @param keyLength the length of the key in bytes
 */
record ValueCipher(Mode mode, int keyLength) {
    private static final int BLOCK = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private static final Map<String, ValueCipher> BY_URI = Map.ofEntries(
            Map.entry(Pskc.XENC + "aes128-cbc", new ValueCipher(Mode.CBC, 16)),
            Map.entry(Pskc.XENC + "aes192-cbc", new ValueCipher(Mode.CBC, 24)),
            Map.entry(Pskc.XENC + "aes256-cbc", new ValueCipher(Mode.CBC, 32)),
            Map.entry(Pskc.XENC11 + "aes128-gcm", new ValueCipher(Mode.GCM, 16)),
            Map.entry(Pskc.XENC11 + "aes192-gcm", new ValueCipher(Mode.GCM, 24)),
            Map.entry(Pskc.XENC11 + "aes256-gcm", new ValueCipher(Mode.GCM, 32)),
            Map.entry(Pskc.XENC + "kw-aes128", new ValueCipher(Mode.KW, 16)),
            Map.entry(Pskc.XENC + "kw-aes192", new ValueCipher(Mode.KW, 24)),
            Map.entry(Pskc.XENC + "kw-aes256", new ValueCipher(Mode.KW, 32)),
            Map.entry(Pskc.XENC11 + "kw-aes-128-pad", new ValueCipher(Mode.KWP, 16)),
            Map.entry(Pskc.XENC11 + "kw-aes-192-pad", new ValueCipher(Mode.KWP, 24)),
            Map.entry(Pskc.XENC11 + "kw-aes-256-pad", new ValueCipher(Mode.KWP, 32)));

    /** A mode of operation of AES. */
    enum Mode {
        /** Cipher block chaining. The ciphertext follows its IV and is not authenticated. */
        CBC,
        /** Galois/counter mode. The ciphertext follows its nonce and ends with its tag. */
        GCM,
        /** Key wrap (RFC 3394). */
        KW,
        /** Key wrap with padding (RFC 5649). */
        KWP
    }

    /** Returns the cipher of a URI, or {@code null} if the URI is unknown. */
    static @Nullable ValueCipher of(@Nullable String uri) {
        return uri == null ? null : BY_URI.get(uri);
    }

    /** Returns the reason why a cipher that is not supported is refused. */
    static String refusal(String uri) {
        String name = uri.toLowerCase(Locale.ROOT);
        if (name.contains("camellia")) {
            return "The value is encrypted with Camellia, which is not supported; ask the maker for AES";
        }
        if (name.contains("tripledes") || name.contains("3des")) {
            return "The value is encrypted with Triple DES, which NIST has withdrawn (SP 800-131A); ask the maker for AES";
        }
        if (name.contains("rsa")) {
            return "The value is encrypted with a public key (RFC 6030 §6.3), which is not supported; ask the maker for AES"
                    + " with a pre-shared key";
        }
        return "EncryptionMethod must be AES-CBC, AES-GCM or AES key wrap";
    }

    /** Returns the URI of the CBC cipher for a key length in bytes. */
    static String cbcUri(int keyLength) {
        return Pskc.XENC + "aes" + keyLength * Byte.SIZE + "-cbc";
    }

    /** Returns whether decryption detects a changed ciphertext. */
    boolean authenticates() {
        return mode != Mode.CBC;
    }

    /** Returns whether a key has the right length, or does not reveal its length. */
    boolean fits(SecretKey key) {
        int length = KeyBytes.lengthOf(key);
        return length == KeyBytes.HIDDEN || length == keyLength;
    }

    /** Decrypts a value. An authenticated mode throws if the ciphertext was changed or the key is wrong. */
    byte[] decrypt(SecretKey key, byte[] data) throws GeneralSecurityException {
        return switch (mode) {
            case CBC -> decryptCbc(key, data);
            case GCM -> decryptGcm(key, data);
            case KW -> unwrapEither(key, data);
            case KWP -> unwrap("AES/KWP/NoPadding", key, data);
        };
    }

    private static byte[] decryptCbc(SecretKey key, byte[] data) throws GeneralSecurityException {
        if (data.length < 2 * BLOCK || data.length % BLOCK != 0) {
            throw new BadPaddingException();
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(data, 0, BLOCK));
        byte[] padded = cipher.doFinal(data, BLOCK, data.length - BLOCK);
        try {
            // Manufacturers use the padding of PKCS #5 or of XML Encryption. In both, the last byte states the length.
            int padding = padded[padded.length - 1];
            if (padding < 1 || padding > BLOCK) {
                throw new BadPaddingException();
            }
            return Arrays.copyOf(padded, padded.length - padding);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    private static byte[] decryptGcm(SecretKey key, byte[] data) throws GeneralSecurityException {
        if (data.length < NONCE + TAG_BITS / Byte.SIZE) {
            throw new BadPaddingException();
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, data, 0, NONCE));
        return cipher.doFinal(data, NONCE, data.length - NONCE);
    }

    /**
     * Unwraps a value with or without padding. Some programs state the URI of RFC 3394 even for a value whose length requires the
     * padding of RFC 5649. Both algorithms authenticate the value, with different initial values.
     */
    private static byte[] unwrapEither(SecretKey key, byte[] data) throws GeneralSecurityException {
        try {
            return unwrap("AES/KW/NoPadding", key, data);
        } catch (GeneralSecurityException e) {
            return unwrap("AES/KWP/NoPadding", key, data);
        }
    }

    private static byte[] unwrap(String transformation, SecretKey key, byte[] data) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.UNWRAP_MODE, key);
        Key unwrapped = cipher.unwrap(data, "RAW", Cipher.SECRET_KEY);
        return unwrapped.getEncoded();
    }
}
