package dev.watchword.otp;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC by the {@code Mac} of the security provider, for a provider whose digests cannot be copied. */
final class MacHmac extends KeyedHmac {
    private final String name;
    private final SecretKey key;

    MacHmac(HmacAlgorithm algorithm, byte[] secret) {
        name = algorithm.macName();
        key = new SecretKeySpec(secret, name);
    }

    @Override
    byte[] hash(byte[] message) {
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("No security provider can compute " + name, e);
        }
    }
}
