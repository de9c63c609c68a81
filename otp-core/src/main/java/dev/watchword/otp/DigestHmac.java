package dev.watchword.otp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HMAC by a digest that can be copied. A key that is used once, as on a server, is hashed with each message by a single
 * digest, since copies cost as much as the work that they save; from the second use on, copies of the keyed states save it.
 */
final class DigestHmac extends KeyedHmac {
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;
    private static final Map<HmacAlgorithm, MessageDigest> PROTOTYPES = prototypes();

    private final MessageDigest unkeyed;
    private final int hashLength;
    private final byte[] innerKey;
    private final byte[] outerKey;

    /** Neither is guarded: two threads that race for them do the same work twice, and no harm. */
    private boolean used;

    private @Nullable KeyedStates states;

    DigestHmac(MessageDigest unkeyed, HmacAlgorithm algorithm, byte[] secret) {
        this.unkeyed = unkeyed;
        hashLength = algorithm.hashLength();
        byte[] key = secret.length > algorithm.blockLength() ? copyOf(unkeyed).digest(secret) : secret;
        innerKey = padded(key, algorithm.blockLength(), INNER_PAD);
        outerKey = padded(key, algorithm.blockLength(), OUTER_PAD);
        if (key != secret) {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The platform's digest, never fed and so good to copy; or null, if it has none that can be copied. */
    static @Nullable MessageDigest prototype(HmacAlgorithm algorithm) {
        return PROTOTYPES.get(algorithm);
    }

    private static Map<HmacAlgorithm, MessageDigest> prototypes() {
        Map<HmacAlgorithm, MessageDigest> prototypes = new EnumMap<>(HmacAlgorithm.class);
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            MessageDigest digest = platformsDigest(algorithm);
            if (digest instanceof Cloneable) {
                prototypes.put(algorithm, digest);
            }
        }
        return prototypes;
    }

    private static @Nullable MessageDigest platformsDigest(HmacAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.digestName());
        } catch (NoSuchAlgorithmException e) {
            return null; // the Mac takes its place, or is missing too and says so
        }
    }

    private static byte[] padded(byte[] key, int blockLength, byte pad) {
        byte[] padded = new byte[blockLength];
        Arrays.fill(padded, pad);
        for (int i = 0; i < key.length; i++) {
            padded[i] ^= key[i];
        }
        return padded;
    }

    @Override
    Evaluation begin() {
        if (!used) {
            used = true;
            return new ByOneDigest(this);
        }
        KeyedStates known = states;
        if (known == null) {
            known = new KeyedStates(keyed(innerKey), keyed(outerKey));
            states = known;
        }
        return new ByCopies(known, hashLength);
    }

    private MessageDigest keyed(byte[] paddedKey) {
        MessageDigest keyed = copyOf(unkeyed);
        keyed.update(paddedKey);
        return keyed;
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " claims to be cloneable and is not", e);
        }
    }

    private static void finish(MessageDigest digest, byte[] bytes) {
        try {
            digest.digest(bytes, 0, bytes.length);
        } catch (DigestException e) {
            throw new IllegalStateException(
                    digest.getAlgorithm() + " makes a hash of another length than it should", e);
        }
    }

    /** Digests that have taken in the padded key. Never fed again, only copied. */
    private record KeyedStates(MessageDigest inner, MessageDigest outer) {}

    private static final class ByOneDigest extends Evaluation {
        private final DigestHmac hmac;
        private final MessageDigest digest;

        ByOneDigest(DigestHmac hmac) {
            super(hmac.hashLength);
            this.hmac = hmac;
            digest = copyOf(hmac.unkeyed);
        }

        @Override
        void hash(byte[] bytes) {
            digest.update(hmac.innerKey);
            digest.update(bytes, 0, Long.BYTES);
            finish(digest, bytes);
            digest.update(hmac.outerKey);
            digest.update(bytes);
            finish(digest, bytes);
        }
    }

    private static final class ByCopies extends Evaluation {
        private final KeyedStates states;

        ByCopies(KeyedStates states, int hashLength) {
            super(hashLength);
            this.states = states;
        }

        @Override
        void hash(byte[] bytes) {
            MessageDigest inner = copyOf(states.inner());
            inner.update(bytes, 0, Long.BYTES);
            finish(inner, bytes);
            MessageDigest outer = copyOf(states.outer());
            outer.update(bytes);
            finish(outer, bytes);
        }
    }
}
