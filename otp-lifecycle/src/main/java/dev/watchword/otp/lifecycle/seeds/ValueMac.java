package dev.watchword.otp.lifecycle.seeds;

import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The HMAC algorithms of XML Signature. PSKC uses them for values, and PBKDF2 uses them to derive keys. */
final class ValueMac {
    /** The hash function of each URI. Manufacturers write both URIs for SHA-1. MD5 is excluded. */
    private static final Map<String, String> HASHES = Map.of(
            Pskc.DS + "hmac-sha1", "SHA1",
            Pskc.DS_MORE + "hmac-sha1", "SHA1",
            Pskc.DS_MORE + "hmac-sha224", "SHA224",
            Pskc.DS_MORE + "hmac-sha256", "SHA256",
            Pskc.DS_MORE + "hmac-sha384", "SHA384",
            Pskc.DS_MORE + "hmac-sha512", "SHA512");

    private ValueMac() {}

    /** Returns the name of the hash function of a URI, or {@code null} if the URI is unknown. */
    static @Nullable String hashOf(@Nullable String uri) {
        return uri == null ? null : HASHES.get(uri);
    }

    /** Computes the MAC of a ciphertext, including its IV (RFC 6030 §6.1.1). */
    static byte[] of(String hash, SecretKey key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + hash);
        mac.init(key);
        return mac.doFinal(data);
    }
}
