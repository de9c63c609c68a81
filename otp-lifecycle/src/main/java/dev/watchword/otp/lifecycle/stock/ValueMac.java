package dev.watchword.otp.lifecycle.stock;

import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The HMACs of XML Signature, which PSKC uses for values and PBKDF2 for keys. */
final class ValueMac {
    /** The hash function of each URI; makers write both of SHA-1's. MD5 is not among them. */
    private static final Map<String, String> HASHES = Map.of(
            Pskc.DS + "hmac-sha1", "SHA1",
            Pskc.DS_MORE + "hmac-sha1", "SHA1",
            Pskc.DS_MORE + "hmac-sha224", "SHA224",
            Pskc.DS_MORE + "hmac-sha256", "SHA256",
            Pskc.DS_MORE + "hmac-sha384", "SHA384",
            Pskc.DS_MORE + "hmac-sha512", "SHA512");

    private ValueMac() {}

    /** The name of the hash function of a URI; {@code null} if it is not known. */
    static @Nullable String hashOf(@Nullable String uri) {
        return uri == null ? null : HASHES.get(uri);
    }

    /** The MAC of a ciphertext, its IV included (RFC 6030 §6.1.1). */
    static byte[] of(String hash, SecretKey key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + hash);
        mac.init(key);
        return mac.doFinal(data);
    }
}
