package dev.watchword.otp;

import java.security.DigestException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** HMAC by digests: on a thread's workbench for a secret that is used once, as on a server; later by copies of keyed digests. */
final class DigestHmac extends KeyedHmac {
    private final HashFunction hash;
    private final OtpSecret secret;

    /** Neither is guarded: two threads that race for them do the same work twice, and no harm. */
    private boolean used;

    private @Nullable KeyedDigests keyed;

    DigestHmac(HashFunction hash, OtpSecret secret) {
        this.hash = hash;
        this.secret = secret;
    }

    @Override
    Evaluation begin() {
        byte[] key = secret.bytes();
        if (!used) {
            used = true;
            return hash.workbench(key);
        }
        KeyedDigests known = keyed;
        if (known == null) {
            known = keyedDigests(key);
            keyed = known;
        }
        return new ByCopies(known, hash.algorithm().hashLength());
    }

    private KeyedDigests keyedDigests(byte[] key) {
        KeyedDigests digests = new KeyedDigests(hash.newDigest(), hash.newDigest());
        try (Workbench workbench = hash.workbench(key)) {
            workbench.feedInnerKey(digests.inner());
            workbench.feedOuterKey(digests.outer());
        }
        return digests;
    }

    /** Digests that have taken in the padded key. Never fed again, only copied. */
    private record KeyedDigests(MessageDigest inner, MessageDigest outer) {}

    private static final class ByCopies extends Evaluation {
        private final KeyedDigests keyed;

        ByCopies(KeyedDigests keyed, int hashLength) {
            super(new byte[hashLength], 0, hashLength);
            this.keyed = keyed;
        }

        @Override
        void hash(long movingFactor) {
            writeMessage(movingFactor, 0);
            digest(HashFunction.copyOf(keyed.inner()), Long.BYTES);
            digest(HashFunction.copyOf(keyed.outer()), bytes.length);
        }

        private void digest(MessageDigest digest, int messageLength) {
            digest.update(bytes, 0, messageLength);
            try {
                digest.digest(bytes, 0, bytes.length);
            } catch (DigestException e) {
                throw new IllegalStateException(digest.getAlgorithm() + " makes too long a hash", e);
            }
        }
    }
}
