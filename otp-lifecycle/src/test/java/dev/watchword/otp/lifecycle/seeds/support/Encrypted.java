package dev.watchword.otp.lifecycle.seeds.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypted PSKC files as a manufacturer would write them, with every cipher and MAC. Shares no code with the reader, so
 * that both cannot make the same mistake.
 */
public final class Encrypted {
    /** The MAC key of every file. */
    public static final SecretKey MAC_KEY =
            new SecretKeySpec("MacMacMacMacMacMacMa".getBytes(StandardCharsets.US_ASCII), "X");

    private static final byte[] IV = "IVIVIVIVIVIVIVIV".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final Map<String, String> TRANSFORMATIONS = Map.of(
            "cbc", "AES/CBC/PKCS5Padding",
            "iso", "AES/CBC/ISO10126Padding",
            "gcm", "AES/GCM/NoPadding",
            "kw", "AES/KW/NoPadding",
            "kwp", "AES/KWP/NoPadding");

    private Encrypted() {}

    /**
     * Returns a file with one HOTP token whose secret is encrypted. It has a MAC unless the hash is empty.
     *
     * @param mode {@code cbc}, {@code iso} (CBC with other padding), {@code gcm}, {@code kw} or {@code kwp}
     */
    public static String file(String mode, SecretKey key, String hash) throws GeneralSecurityException {
        return file(mode, key, hash, SECRET);
    }

    /** Returns a file like {@link #file(String, SecretKey, String)} with another secret. */
    public static String file(String mode, SecretKey key, String hash, byte[] secret) throws GeneralSecurityException {
        byte[] data = encrypt(mode, key, secret);
        String macMethod = hash.isEmpty()
                ? ""
                : "<MACMethod Algorithm=\"" + MORE + "hmac-" + hash.toLowerCase(Locale.ROOT) + "\"><MACKey>"
                        + cipherValue(mode.startsWith("k") ? "kwp" : mode, key, MAC_KEY.getEncoded())
                        + "</MACKey></MACMethod>";
        String mac = hash.isEmpty() ? "" : "<ValueMAC>" + base64(mac(hash, MAC_KEY, data)) + "</ValueMAC>";
        return container(
                "<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>" + macMethod,
                "<EncryptedValue>" + cipherValue(uri(mode, key.getEncoded().length), data) + "</EncryptedValue>" + mac);
    }

    private static String container(String head, String secret) {
        return """
                <KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"
                  xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
                %s
                <KeyPackage><DeviceInfo><SerialNo>101199980021</SerialNo></DeviceInfo>
                <Key Id="K1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
                <AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
                <Data><Secret>%s</Secret><Counter><PlainValue>0</PlainValue></Counter></Data></Key></KeyPackage>
                </KeyContainer>
                """.replaceFirst("%s", head).replaceFirst("%s", secret);
    }

    /** Returns the XML of an encrypted value. */
    public static String cipherValue(String mode, SecretKey key, byte[] open) throws GeneralSecurityException {
        return cipherValue(uri(mode, key.getEncoded().length), encrypt(mode, key, open));
    }

    private static String cipherValue(String uri, byte[] data) {
        return "<xenc:EncryptionMethod Algorithm=\"" + uri + "\"/><xenc:CipherData><xenc:CipherValue>" + base64(data)
                + "</xenc:CipherValue></xenc:CipherData>";
    }

    /** Returns the URI of a cipher for a key length in bytes. */
    public static String uri(String mode, int keyLength) {
        int bits = 8 * keyLength;
        return switch (mode) {
            case "gcm" -> XENC11 + "aes" + bits + "-gcm";
            case "kw" -> XENC + "kw-aes" + bits;
            case "kwp" -> XENC11 + "kw-aes-" + bits + "-pad";
            default -> XENC + "aes" + bits + "-cbc";
        };
    }

    /** Encrypts a value with a constant IV or nonce. */
    public static byte[] encrypt(String mode, SecretKey key, byte[] open) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATIONS.get(mode));
        if (mode.startsWith("k")) {
            cipher.init(Cipher.WRAP_MODE, key);
            return cipher.wrap(new SecretKeySpec(open, "X"));
        }
        byte[] iv = mode.equals("gcm") ? Arrays.copyOf(IV, 12) : IV;
        cipher.init(
                Cipher.ENCRYPT_MODE, key, mode.equals("gcm") ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv));
        byte[] closed = cipher.doFinal(open);
        byte[] data = Arrays.copyOf(iv, iv.length + closed.length);
        System.arraycopy(closed, 0, data, iv.length, closed.length);
        return data;
    }

    /** Computes an HMAC. */
    public static byte[] mac(String hash, SecretKey key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + hash);
        mac.init(key);
        return mac.doFinal(data);
    }

    /** Encodes bytes in Base64 with padding. */
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
