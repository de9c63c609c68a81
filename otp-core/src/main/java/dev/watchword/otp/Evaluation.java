package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The HMACs of one verification, computed one after another in the same array. For one thread. Closing it wipes the
 * array.
 */
abstract class Evaluation implements AutoCloseable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** The messages and their hashes. Each subclass defines its own layout. */
    final byte[] bytes;

    /** The index in {@link #bytes} of the HMAC. */
    final int hashOffset;

    /** The index in {@link #bytes} of the second HMAC of a pair. */
    final int otherHashOffset;

    /** The length of an HMAC in bytes: 20, 32 or 64. */
    final int hashLength;

    Evaluation(byte[] bytes, int hashOffset, int otherHashOffset, int hashLength) {
        this.bytes = bytes;
        this.hashOffset = hashOffset;
        this.otherHashOffset = otherHashOffset;
        this.hashLength = hashLength;
    }

    /** Writes the HMAC of a moving factor at {@link #hashOffset}. */
    abstract void hash(long movingFactor);

    /** Writes the HMACs of two moving factors at {@link #hashOffset} and {@link #otherHashOffset}. */
    abstract void hashPair(long movingFactor, long otherFactor);

    /** Writes the HMAC of a message of any length at {@link #hashOffset}. */
    abstract void hash(byte[] message);

    /**
     * Returns the dynamic truncation (RFC 4226 §5.3) of a moving factor's HMAC. The result has 31 bits and is never
     * negative.
     */
    final int truncated(long movingFactor) {
        hash(movingFactor);
        return truncatedAt(hashOffset);
    }

    /** Returns the dynamic truncation of the HMAC of a message. The result has 31 bits and is never negative. */
    final int truncated(byte[] message) {
        hash(message);
        return truncatedAt(hashOffset);
    }

    /**
     * Returns the dynamic truncations of two moving factors. The upper 32 bits of the result belong to the first
     * factor, the lower 32 bits to the second. One call is faster than two calls of {@link #truncated}.
     */
    final long truncatedPair(long movingFactor, long otherFactor) {
        hashPair(movingFactor, otherFactor);
        return (long) truncatedAt(hashOffset) << Integer.SIZE | truncatedAt(otherHashOffset);
    }

    private int truncatedAt(int at) {
        int offset = bytes[at + hashLength - 1] & 0xf;
        return (int) INT.get(bytes, at + offset) & Integer.MAX_VALUE;
    }

    /** Writes the HMAC message of a moving factor (RFC 4226 §5.2): 8 bytes, the most significant one first. */
    final void writeMessage(long movingFactor, int at) {
        LONG.set(bytes, at, movingFactor);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
