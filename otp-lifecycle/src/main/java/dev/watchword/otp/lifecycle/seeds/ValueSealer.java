package dev.watchword.otp.lifecycle.seeds;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The encryption of the values of one container, with AES-CBC and HMAC-SHA256 (RFC 6030 §6). The MAC key is random. */
final class ValueSealer {
    private static final String HASH = "SHA256";
    private static final int BLOCK = 16;
    private static final int MAC_KEY_LENGTH = 32;

    private final SecretKey key;
    private final String cipherUri;
    private final SecureRandom random;
    private final SecretKey macKey;

    ValueSealer(SecretKey key, SecureRandom random) {
        int length = KeyBytes.lengthOf(key);
        if (length == KeyBytes.HIDDEN) {
            throw new IllegalArgumentException(
                    "The key must reveal its length, because the file states it; use a key that can be exported");
        }
        this.key = key;
        this.cipherUri = ValueCipher.cbcUri(length);
        this.random = random;
        byte[] bytes = new byte[MAC_KEY_LENGTH];
        random.nextBytes(bytes);
        this.macKey = new SecretKeySpec(bytes, "HMAC");
        Arrays.fill(bytes, (byte) 0);
    }

    /** Writes {@code MACMethod} with the encrypted MAC key. */
    void writeMacMethod(XmlSink xml) {
        xml.start("MACMethod", "Algorithm", Pskc.DS_MORE + "hmac-sha256");
        xml.start("MACKey");
        byte[] bytes = macKey.getEncoded();
        writeCipherValue(xml, encrypted(bytes));
        Arrays.fill(bytes, (byte) 0);
        xml.end();
        xml.end();
    }

    /** Writes an encrypted value and the MAC of its ciphertext. */
    void write(XmlSink xml, byte[] open) {
        byte[] data = encrypted(open);
        xml.start("EncryptedValue");
        writeCipherValue(xml, data);
        xml.end();
        try {
            xml.base64("ValueMAC", ValueMac.of(HASH, macKey, data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The Java runtime has no HMAC-SHA256; install a security provider that has it", e);
        }
    }

    private void writeCipherValue(XmlSink xml, byte[] data) {
        xml.start("xenc:EncryptionMethod", "Algorithm", cipherUri);
        xml.end();
        xml.start("xenc:CipherData");
        xml.base64("xenc:CipherValue", data);
        xml.end();
    }

    private byte[] encrypted(byte[] open) {
        byte[] iv = new byte[BLOCK];
        random.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            byte[] closed = cipher.doFinal(open);
            byte[] data = Arrays.copyOf(iv, BLOCK + closed.length);
            System.arraycopy(closed, 0, data, BLOCK, closed.length);
            return data;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key cannot encrypt; it must be an AES key", e);
        }
    }
}
