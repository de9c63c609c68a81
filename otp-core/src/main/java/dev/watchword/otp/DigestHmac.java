package dev.watchword.otp;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * HMAC computed with message digests that can be copied. The first evaluation feeds the key to the digests of the
 * thread's workbench. From the second evaluation on, this object keeps two digests that have absorbed the padded key.
 */
final class DigestHmac extends KeyedHmac {
    private final HashFunction hash;
    private final OtpSecret secret;

    /**
     * Whether an evaluation has begun. This field and {@link #prepared} are not synchronized. Two threads that race for
     * them compute the same digests twice, which does no harm.
     */
    private boolean used;

    /** The digests that have absorbed the padded key. {@code null} before the second evaluation. */
    private @Nullable KeyedDigests prepared;

    DigestHmac(HashFunction hash, OtpSecret secret) {
        this.hash = hash;
        this.secret = secret;
    }

    @Override
    Evaluation begin(int evaluations) {
        byte[] key = secret.bytes();
        if (!used) {
            used = true;
            Workbench workbench = hash.workbench().open(key, evaluations);
            try {
                secret.requireNotDestroyedMeanwhile();
            } catch (IllegalStateException e) {
                workbench.close();
                throw e;
            }
            return workbench;
        }
        KeyedDigests digests = prepared;
        if (digests == null) {
            digests = prepare(key);
            prepared = digests;
        }
        return hash.workbench().open(digests);
    }

    private KeyedDigests prepare(byte[] key) {
        MessageDigest inner = hash.newDigest();
        MessageDigest outer = hash.newDigest();
        try (Workbench workbench = hash.workbench().open(key, 0)) {
            workbench.feedKey(inner, outer);
            secret.requireNotDestroyedMeanwhile();
        }
        // This record is created last, so that other threads only see digests that have absorbed the key.
        return new KeyedDigests(inner, outer);
    }
}
