package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * HMACs by digests that a thread keeps for its next secret; between two they are clean.
 *
 * <p>Of a secret that was just unsealed, the first HMAC, which is the right one as a rule, takes in the key with the message
 * and copies nothing; those after it go on from digests that know the key: copies of them, and for the last one these
 * digests themselves. Of a prepared secret, all go on from copies. Two at once are hashed side by side, so that neither has to
 * wait for the other.
 */
final class Workbench extends Evaluation {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long INNER_PAD = 0x3636363636363636L;
    private static final long OUTER_PAD = 0x5c5c5c5c5c5c5c5cL;

    private static final int NEVER_THE_LAST = -1;

    private final KeyedDigests own;
    private final int blockLength;

    /** Where the inner message begins; the outer one, with the inner hash at its end, stands before it. */
    private final int inner;

    /** Where the moving factor of the inner message stands, and after it the other one of two, before its hash. */
    private final int factor;

    private final int otherFactor;

    private boolean open;
    private boolean begun;

    /** Whether the digests of this bench know the key. */
    private boolean fed;

    private @Nullable KeyedDigests prepared;
    private int left;

    Workbench(HashFunction hash) {
        this(hash, hash.algorithm().blockLength(), hash.algorithm().hashLength());
    }

    private Workbench(HashFunction hash, int blockLength, int hashLength) {
        super(
                new byte[2 * (blockLength + hashLength + Long.BYTES)],
                blockLength,
                2 * (blockLength + Long.BYTES) + hashLength,
                hashLength);
        own = new KeyedDigests(hash.newDigest(), hash.newDigest());
        this.blockLength = blockLength;
        inner = blockLength + hashLength;
        factor = inner + blockLength;
        otherFactor = factor + Long.BYTES;
    }

    /** Tells whether somebody works here: further down on this thread, or until an error threw him out. */
    boolean isOpen() {
        return open;
    }

    /** Begins with digests that know the key already, which stay as they are. */
    Workbench open(KeyedDigests digests) {
        open = true;
        begun = true;
        prepared = digests;
        left = NEVER_THE_LAST;
        return this;
    }

    /** Begins with a key, for so many evaluations. */
    Workbench open(byte[] key, int evaluations) {
        open = true;
        begun = false;
        fed = false;
        left = evaluations;
        try {
            layOut(key);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        return this;
    }

    /** Pads the key as RFC 2104 has it, for the inner and the outer message. */
    private void layOut(byte[] key) {
        if (key.length > blockLength) {
            own.inner().update(key);
            finish(own.inner(), 0);
        } else {
            System.arraycopy(key, 0, bytes, 0, key.length);
        }
        for (int i = 0; i < blockLength; i += Long.BYTES) {
            long word = (long) WORD.get(bytes, i);
            WORD.set(bytes, i, word ^ OUTER_PAD);
            WORD.set(bytes, inner + i, word ^ INNER_PAD);
        }
    }

    @Override
    void hash(long movingFactor) {
        writeMessage(movingFactor, factor);
        left--;
        if (!begun) {
            begun = true;
            hashFromTheKey();
            return;
        }
        KeyedDigests digests = keyed();
        if (left == 0) {
            fed = false;
            hashOn(digests.inner(), digests.outer());
        } else {
            hashOn(HashFunction.copyOf(digests.inner()), HashFunction.copyOf(digests.outer()));
        }
    }

    @Override
    void hash(long movingFactor, long other) {
        writeMessage(movingFactor, factor);
        writeMessage(other, otherFactor);
        left -= 2;
        begun = true;
        KeyedDigests digests = keyed();
        MessageDigest innerCopy = HashFunction.copyOf(digests.inner());
        MessageDigest outerCopy = HashFunction.copyOf(digests.outer());
        if (left == 0) {
            fed = false;
            hashBoth(innerCopy, outerCopy, digests.inner(), digests.outer());
        } else {
            hashBoth(innerCopy, outerCopy, HashFunction.copyOf(digests.inner()), HashFunction.copyOf(digests.outer()));
        }
    }

    /** Digests that know the key. */
    private KeyedDigests keyed() {
        KeyedDigests digests = prepared;
        if (digests != null) {
            return digests;
        }
        if (!fed) {
            fed = true;
            feedKey(own.inner(), own.outer());
        }
        return own;
    }

    /** The inner message in one piece, and the outer key before the inner hash has to be waited for. */
    private void hashFromTheKey() {
        MessageDigest innerDigest = own.inner();
        MessageDigest outerDigest = own.outer();
        innerDigest.update(bytes, inner, blockLength + Long.BYTES);
        outerDigest.update(bytes, 0, blockLength);
        finish(innerDigest, hash);
        outerDigest.update(bytes, hash, hashLength);
        finish(outerDigest, hash);
    }

    /** Ends both messages by digests that know the key. */
    private void hashOn(MessageDigest innerDigest, MessageDigest outerDigest) {
        innerDigest.update(bytes, factor, Long.BYTES);
        finish(innerDigest, hash);
        outerDigest.update(bytes, hash, hashLength);
        finish(outerDigest, hash);
    }

    /** The same for two: what does not depend on each other stands side by side. */
    private void hashBoth(
            MessageDigest innerDigest, MessageDigest outerDigest, MessageDigest otherInner, MessageDigest otherOuter) {
        innerDigest.update(bytes, factor, Long.BYTES);
        otherInner.update(bytes, otherFactor, Long.BYTES);
        finish(innerDigest, hash);
        finish(otherInner, otherHash);
        outerDigest.update(bytes, hash, hashLength);
        otherOuter.update(bytes, otherHash, hashLength);
        finish(outerDigest, hash);
        finish(otherOuter, otherHash);
    }

    private void finish(MessageDigest digest, int at) {
        try {
            digest.digest(bytes, at, hashLength);
        } catch (DigestException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " makes too long a hash", e);
        }
    }

    /** Feeds digests with the padded key, with which their messages begin. */
    void feedKey(MessageDigest innerDigest, MessageDigest outerDigest) {
        innerDigest.update(bytes, inner, blockLength);
        outerDigest.update(bytes, 0, blockLength);
    }

    @Override
    public void close() {
        super.close();
        own.inner().reset();
        own.outer().reset();
        if (prepared != null) {
            prepared = null;
        }
        open = false;
    }
}
