package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * HMACs computed with digests that a thread reuses for its next secret. Between two secrets, the workbench contains no
 * secret data.
 *
 * <p>For a secret that was just decrypted, the search usually ends after the first HMAC. Its inner digest absorbs the
 * key together with the message, and only the outer digest is copied. The later HMACs start from digests that have
 * absorbed the key. They use copies of these digests, and the last HMAC uses up the digests themselves.
 *
 * <p>For a prepared secret, every HMAC starts from copies. Two HMACs at once are computed side by side, so that neither
 * waits for the other.
 */
final class Workbench extends Evaluation {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long INNER_PAD = 0x3636363636363636L;
    private static final long OUTER_PAD = 0x5c5c5c5c5c5c5c5cL;

    /** The number of evaluations left if no evaluation may use up the digests. */
    private static final int NEVER_THE_LAST = -1;

    /** The digests of this workbench. */
    private final KeyedDigests own;

    private final int blockLength;

    /** The index of the inner message. The outer message precedes it, and ends with the inner hash. */
    private final int innerOffset;

    /**
     * The index of the moving factor in the inner message. The second moving factor of a pair follows it and precedes
     * the second hash.
     */
    private final int factorOffset;

    /** The index of the second moving factor of a pair. */
    private final int otherFactorOffset;

    private boolean open;

    /** Whether the inner digest of this workbench has absorbed the key. The last hash resets the digest. */
    private boolean innerKeyed;

    /** Whether the outer digest of this workbench has absorbed the key. */
    private boolean outerKeyed;

    /** The digests of a prepared secret. {@code null} if the workbench was opened with a key. */
    private @Nullable KeyedDigests prepared;

    /** The number of announced evaluations that are left. The last one uses up the digests. */
    private int evaluationsLeft;

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
        innerOffset = blockLength + hashLength;
        factorOffset = innerOffset + blockLength;
        otherFactorOffset = factorOffset + Long.BYTES;
    }

    /**
     * Returns whether this workbench is in use: by a caller further up this thread's stack, or because an error
     * prevented its close.
     */
    boolean isOpen() {
        return open;
    }

    /** Opens the workbench with digests that have already absorbed the key. The workbench does not change them. */
    Workbench open(KeyedDigests digests) {
        open = true;
        prepared = digests;
        evaluationsLeft = NEVER_THE_LAST;
        return this;
    }

    /** Opens the workbench with a key, for a number of evaluations. */
    Workbench open(byte[] key, int evaluations) {
        open = true;
        evaluationsLeft = evaluations;
        try {
            layOut(key);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        return this;
    }

    /**
     * Writes the padded key for the inner and the outer message (RFC 2104 §2). Hashes a key that is longer than a
     * block.
     */
    private void layOut(byte[] key) {
        if (key.length > blockLength) {
            byte[] hashed = own.inner().digest(key);
            pad(hashed);
            Arrays.fill(hashed, (byte) 0);
        } else {
            pad(key);
        }
    }

    /**
     * Pads the key in words of eight bytes, and assembles the last word in a register. Reading back a word that was
     * just written in smaller pieces would stall the processor.
     */
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
        WORD.set(bytes, innerOffset + at, word ^ INNER_PAD);
    }

    @Override
    void hash(long movingFactor) {
        writeMessage(movingFactor, factorOffset);
        evaluationsLeft--;
        if (prepared == null && !outerKeyed) {
            hashFromTheKey();
            return;
        }
        hashFromDigests(bytes, factorOffset, Long.BYTES);
    }

    @Override
    void hash(byte[] message) {
        evaluationsLeft--;
        hashFromDigests(message, 0, message.length);
    }

    @Override
    void hashPair(long movingFactor, long otherMovingFactor) {
        writeMessage(movingFactor, factorOffset);
        writeMessage(otherMovingFactor, otherFactorOffset);
        evaluationsLeft -= 2;
        KeyedDigests digests = keyed();
        MessageDigest innerCopy = HashFunction.copyOf(digests.inner());
        MessageDigest outerCopy = HashFunction.copyOf(digests.outer());
        if (evaluationsLeft == 0) {
            hashPairWith(innerCopy, outerCopy, digests.inner(), digests.outer());
            markNotKeyed();
        } else {
            hashPairWith(
                    innerCopy, outerCopy, HashFunction.copyOf(digests.inner()), HashFunction.copyOf(digests.outer()));
        }
    }

    /** Returns digests that have absorbed the key. */
    private KeyedDigests keyed() {
        KeyedDigests digests = prepared;
        if (digests != null) {
            return digests;
        }
        if (!innerKeyed) {
            innerKeyed = true;
            feedInner(own.inner());
        }
        if (!outerKeyed) {
            outerKeyed = true;
            feedOuter(own.outer());
        }
        return own;
    }

    private void markNotKeyed() {
        innerKeyed = false;
        outerKeyed = false;
    }

    /**
     * Hashes the inner message in one piece, including the key. Feeds the key to the outer digest before the inner hash
     * is needed. Always copies the outer digest, because a check for further evaluations costs more than the copy.
     */
    private void hashFromTheKey() {
        own.inner().update(bytes, innerOffset, blockLength + Long.BYTES);
        outerKeyed = true;
        feedOuter(own.outer());
        MessageDigest outerDigest = HashFunction.copyOf(own.outer());
        finish(own.inner(), hashOffset);
        outerDigest.update(bytes, hashOffset, hashLength);
        finish(outerDigest, hashOffset);
    }

    /** Hashes a message with digests that have absorbed the key, or with their copies. */
    private void hashFromDigests(byte[] message, int offset, int length) {
        KeyedDigests digests = keyed();
        if (evaluationsLeft == 0) {
            hashWith(digests.inner(), digests.outer(), message, offset, length);
            markNotKeyed();
        } else {
            hashWith(
                    HashFunction.copyOf(digests.inner()),
                    HashFunction.copyOf(digests.outer()),
                    message,
                    offset,
                    length);
        }
    }

    /** Ends both messages with digests that have absorbed the key. */
    private void hashWith(
            MessageDigest innerDigest, MessageDigest outerDigest, byte[] message, int offset, int length) {
        innerDigest.update(message, offset, length);
        finish(innerDigest, hashOffset);
        outerDigest.update(bytes, hashOffset, hashLength);
        finish(outerDigest, hashOffset);
    }

    /**
     * Ends the messages of two HMACs with digests that have absorbed the key. The operations of the two HMACs
     * alternate, because they are independent.
     */
    private void hashPairWith(
            MessageDigest innerDigest, MessageDigest outerDigest, MessageDigest otherInner, MessageDigest otherOuter) {
        innerDigest.update(bytes, factorOffset, Long.BYTES);
        otherInner.update(bytes, otherFactorOffset, Long.BYTES);
        finish(innerDigest, hashOffset);
        finish(otherInner, otherHashOffset);
        outerDigest.update(bytes, hashOffset, hashLength);
        otherOuter.update(bytes, otherHashOffset, hashLength);
        finish(outerDigest, hashOffset);
        finish(otherOuter, otherHashOffset);
    }

    private void finish(MessageDigest digest, int at) {
        try {
            digest.digest(bytes, at, hashLength);
        } catch (DigestException e) {
            throw new IllegalStateException(
                    "The hash of " + digest.getAlgorithm() + " must have " + hashLength
                            + " bytes; use another security provider",
                    e);
        }
    }

    /** Feeds the padded key to two digests, as the start of their messages. */
    void feedKey(MessageDigest innerDigest, MessageDigest outerDigest) {
        feedInner(innerDigest);
        feedOuter(outerDigest);
    }

    private void feedInner(MessageDigest digest) {
        digest.update(bytes, innerOffset, blockLength);
    }

    private void feedOuter(MessageDigest digest) {
        digest.update(bytes, 0, blockLength);
    }

    @Override
    public void close() {
        super.close();
        own.inner().reset();
        own.outer().reset();
        markNotKeyed();
        if (prepared != null) {
            prepared = null;
        }
        open = false;
    }
}
