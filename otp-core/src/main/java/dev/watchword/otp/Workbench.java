package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * HMACs by digests that a thread keeps for its next secret; between two they are clean.
 *
 * <p>Of a secret that was just unsealed, the first HMAC, which is the right one as a rule, takes in the key with the message
 * and copies one digest; those after it go on from digests that know the key: copies of them, and for the last one these
 * digests themselves. Of a prepared secret, all go on from copies. Two at once are hashed side by side, so that neither has to
 * wait for the other.
 */
final class Workbench extends Evaluation {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
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

    /** Which digests of this bench know the key. They forget it with their last hash. */
    private boolean innerFed;

    private boolean outerFed;

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
        prepared = digests;
        left = NEVER_THE_LAST;
        return this;
    }

    /** Begins with a key, for so many evaluations. */
    Workbench open(byte[] key, int evaluations) {
        open = true;
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
            byte[] hashed = own.inner().digest(key);
            pad(hashed);
            Arrays.fill(hashed, (byte) 0);
        } else {
            pad(key);
        }
    }

    /** By whole words that nobody wrote in smaller pieces: to read such a one back, one would have to wait for its pieces. */
    private void pad(byte[] key) {
        int words = key.length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            padWord((long) WORD.get(key, i), i);
        }
        long rest = 0;
        for (int i = key.length - 1; i >= words; i--) {
            rest = (rest << Byte.SIZE) | (key[i] & 0xffL);
        }
        if (words < blockLength) {
            padWord(rest, words);
        }
        for (int i = words + Long.BYTES; i < blockLength; i += Long.BYTES) {
            padWord(0, i);
        }
    }

    private void padWord(long word, int at) {
        WORD.set(bytes, at, word ^ OUTER_PAD);
        WORD.set(bytes, inner + at, word ^ INNER_PAD);
    }

    @Override
    void hash(long movingFactor) {
        writeMessage(movingFactor, factor);
        left--;
        if (prepared == null && !outerFed) {
            hashFromTheKey();
            return;
        }
        KeyedDigests digests = keyed();
        if (left == 0) {
            hashOn(digests.inner(), digests.outer());
            forgotten();
        } else {
            hashOn(HashFunction.copyOf(digests.inner()), HashFunction.copyOf(digests.outer()));
        }
    }

    @Override
    void hash(long movingFactor, long other) {
        writeMessage(movingFactor, factor);
        writeMessage(other, otherFactor);
        left -= 2;
        KeyedDigests digests = keyed();
        MessageDigest innerCopy = HashFunction.copyOf(digests.inner());
        MessageDigest outerCopy = HashFunction.copyOf(digests.outer());
        if (left == 0) {
            hashBoth(innerCopy, outerCopy, digests.inner(), digests.outer());
            forgotten();
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
        if (!innerFed) {
            innerFed = true;
            feedInner(own.inner());
        }
        if (!outerFed) {
            outerFed = true;
            feedOuter(own.outer());
        }
        return own;
    }

    private void forgotten() {
        innerFed = false;
        outerFed = false;
    }

    /**
     * The inner message in one piece, and the outer key before the inner hash has to be waited for. The outer digest goes on
     * knowing the key, whether or not there is another one to come: to ask costs more than the copy.
     */
    private void hashFromTheKey() {
        own.inner().update(bytes, inner, blockLength + Long.BYTES);
        outerFed = true;
        feedOuter(own.outer());
        MessageDigest outerDigest = HashFunction.copyOf(own.outer());
        finish(own.inner(), hash);
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
        feedInner(innerDigest);
        feedOuter(outerDigest);
    }

    private void feedInner(MessageDigest digest) {
        digest.update(bytes, inner, blockLength);
    }

    private void feedOuter(MessageDigest digest) {
        digest.update(bytes, 0, blockLength);
    }

    @Override
    public void close() {
        super.close();
        own.inner().reset();
        own.outer().reset();
        forgotten();
        if (prepared != null) {
            prepared = null;
        }
        open = false;
    }
}
