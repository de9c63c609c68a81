package dev.watchword.otp;

import java.security.MessageDigest;
import java.util.Arrays;

/** HMAC from two copies of a digest that has taken in the padded key: half the work of a {@code Mac} for each message. */
final class CloningHmac extends KeyedHmac {
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    CloningHmac(MessageDigest digest, HmacAlgorithm algorithm, byte[] secret) {
        byte[] key = secret.length > algorithm.blockLength() ? digest.digest(secret) : secret;
        byte[] block = Arrays.copyOf(key, algorithm.blockLength());
        inner = keyed(digest, block, INNER_PAD);
        outer = keyed(digest, block, OUTER_PAD);
        Arrays.fill(block, (byte) 0);
        if (key != secret) {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static MessageDigest keyed(MessageDigest digest, byte[] block, byte pad) {
        MessageDigest keyed = copyOf(digest);
        byte[] padded = block.clone();
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= pad;
        }
        keyed.update(padded);
        Arrays.fill(padded, (byte) 0);
        return keyed;
    }

    @Override
    byte[] hash(byte[] message) {
        byte[] innerHash = copyOf(inner).digest(message);
        byte[] hash = copyOf(outer).digest(innerHash);
        Arrays.fill(innerHash, (byte) 0);
        return hash;
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " claims to be cloneable and is not", e);
        }
    }
}
