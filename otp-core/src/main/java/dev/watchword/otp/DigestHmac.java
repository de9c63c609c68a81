package dev.watchword.otp;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** HMAC by digests. From its second use on it keeps digests that know the key. */
final class DigestHmac extends KeyedHmac {
    private final HashFunction hash;
    private final OtpSecret secret;

    /** Neither is guarded: two threads that race for them do the same work twice, and no harm. */
    private boolean used;

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
                secret.requireUnchanged();
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
            secret.requireUnchanged();
        }
        return new KeyedDigests(inner, outer); // last, so that no other thread sees digests that are not fed
    }
}
