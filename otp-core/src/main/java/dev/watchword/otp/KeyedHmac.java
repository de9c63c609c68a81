package dev.watchword.otp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) under one key, for many moving factors: the key is hashed once, in the constructor, and each
 * evaluation goes on from a copy of that state. Never changed after construction, so safe for use by several threads.
 */
abstract sealed class KeyedHmac permits CloningHmac, MacHmac {

    /** Prepares the key of a secret, by the digest's own state where it can be copied. */
    static KeyedHmac of(HmacAlgorithm algorithm, OtpSecret secret) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm.digestName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No security provider offers " + algorithm.digestName(), e);
        }
        return digest instanceof Cloneable
                ? new CloningHmac(digest, algorithm, secret.bytes())
                : new MacHmac(algorithm, secret.bytes());
    }

    /** The HMAC of an eight-byte message. */
    abstract byte[] hash(byte[] message);

    /** The dynamic truncation of RFC 4226 §5.3: 31 bits of the HMAC of a moving factor. */
    final int truncated(long movingFactor) {
        byte[] hash = hash(bigEndian(movingFactor));
        int offset = hash[hash.length - 1] & 0xf;
        int truncated = (hash[offset] & 0x7f) << 24
                | (hash[offset + 1] & 0xff) << 16
                | (hash[offset + 2] & 0xff) << 8
                | (hash[offset + 3] & 0xff);
        Arrays.fill(hash, (byte) 0);
        return truncated;
    }

    private static byte[] bigEndian(long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = bytes.length - 1; i >= 0; i--) {
            bytes[i] = (byte) value;
            value >>= Byte.SIZE;
        }
        return bytes;
    }
}
