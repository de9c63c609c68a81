package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * HMACs by one digest, which takes in the padded key with every message: for a handful of them that is as fast as copies
 * of a digest that knows the key, and allocates nothing. A thread keeps it for its next secret; between two it is clean.
 */
final class Workbench extends Evaluation {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long INNER_PAD = 0x3636363636363636L;
    private static final long OUTER_PAD = 0x5c5c5c5c5c5c5c5cL;

    private final MessageDigest digest;
    private final int blockLength;
    private final int hashLength;

    /** Where the inner message begins; the outer one, with the inner hash at its end, stands before it. */
    private final int inner;

    private boolean open;

    Workbench(MessageDigest digest, HmacAlgorithm algorithm) {
        super(
                new byte[2 * algorithm.blockLength() + algorithm.hashLength() + Long.BYTES],
                algorithm.blockLength(),
                algorithm.hashLength());
        this.digest = digest;
        blockLength = algorithm.blockLength();
        hashLength = algorithm.hashLength();
        inner = blockLength + hashLength;
    }

    /** Tells whether somebody works here: further down on this thread, or until an error threw him out. */
    boolean isOpen() {
        return open;
    }

    /** Lays out the key, padded as RFC 2104 has it. */
    Workbench open(byte[] key) {
        open = true;
        if (key.length > blockLength) {
            digest.update(key);
            digestTo(0);
        } else {
            System.arraycopy(key, 0, bytes, 0, key.length);
        }
        for (int i = 0; i < blockLength; i += Long.BYTES) {
            long word = (long) WORD.get(bytes, i);
            WORD.set(bytes, i, word ^ OUTER_PAD);
            WORD.set(bytes, inner + i, word ^ INNER_PAD);
        }
        return this;
    }

    @Override
    void hash(long movingFactor) {
        writeMessage(movingFactor, inner + blockLength);
        digest.update(bytes, inner, blockLength + Long.BYTES);
        digestTo(blockLength);
        digest.update(bytes, 0, blockLength + hashLength);
        digestTo(blockLength);
    }

    private void digestTo(int offset) {
        try {
            digest.digest(bytes, offset, hashLength);
        } catch (DigestException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " makes too long a hash", e);
        }
    }

    /** Feeds a digest with the padded key that begins an inner message. */
    void feedInnerKey(MessageDigest other) {
        other.update(bytes, inner, blockLength);
    }

    /** Feeds a digest with the padded key that begins an outer message. */
    void feedOuterKey(MessageDigest other) {
        other.update(bytes, 0, blockLength);
    }

    @Override
    public void close() {
        super.close();
        digest.reset();
        open = false;
    }
}
