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
 * digests themselves. Of a prepared secret, all go on from copies.
 */
final class Workbench extends Evaluation {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long INNER_PAD = 0x3636363636363636L;
    private static final long OUTER_PAD = 0x5c5c5c5c5c5c5c5cL;

    private static final int NEVER_THE_LAST = -1;

    private final KeyedDigests own;
    private final int blockLength;
    private final int hashLength;

    /** Where the inner message begins; the outer one, with the inner hash at its end, stands before it. */
    private final int inner;

    private boolean open;
    private boolean begun;
    private @Nullable KeyedDigests keyed;
    private int left;

    Workbench(HashFunction hash) {
        this(hash, hash.algorithm().blockLength(), hash.algorithm().hashLength());
    }

    private Workbench(HashFunction hash, int blockLength, int hashLength) {
        super(new byte[2 * blockLength + hashLength + Long.BYTES], blockLength, hashLength);
        own = new KeyedDigests(hash.newDigest(), hash.newDigest());
        this.blockLength = blockLength;
        this.hashLength = hashLength;
        inner = blockLength + hashLength;
    }

    /** Tells whether somebody works here: further down on this thread, or until an error threw him out. */
    boolean isOpen() {
        return open;
    }

    /** Begins with digests that know the key already, which stay as they are. */
    Workbench open(KeyedDigests prepared) {
        open = true;
        begun = true;
        keyed = prepared;
        left = NEVER_THE_LAST;
        return this;
    }

    /** Begins with a key, for so many evaluations. */
    Workbench open(byte[] key, int evaluations) {
        open = true;
        begun = false;
        keyed = null;
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
        writeMessage(movingFactor, inner + blockLength);
        left--;
        if (begun) {
            hashOnFromTheKey();
        } else {
            begun = true;
            hashFrom(own.inner(), 0, own.inner());
        }
    }

    private void hashOnFromTheKey() {
        KeyedDigests digests = keyed;
        if (digests == null) {
            digests = own;
            feedKey(own.inner(), own.outer());
        }
        if (left == 0) {
            keyed = null;
            hashFrom(digests.inner(), blockLength, digests.outer());
        } else {
            keyed = digests;
            hashFrom(HashFunction.copyOf(digests.inner()), blockLength, HashFunction.copyOf(digests.outer()));
        }
    }

    /** Ends both messages, of which the digests know as much already. */
    private void hashFrom(MessageDigest innerDigest, int known, MessageDigest outerDigest) {
        innerDigest.update(bytes, inner + known, blockLength + Long.BYTES - known);
        finish(innerDigest, blockLength);
        outerDigest.update(bytes, known, blockLength + hashLength - known);
        finish(outerDigest, blockLength);
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
        keyed = null;
        open = false;
    }
}
