package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The HMACs of one verification, one after the other, in the same bytes. For one thread, and wiped when it is closed. */
abstract class Evaluation implements AutoCloseable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    final byte[] bytes;

    /** Where in the bytes the hash comes to stand, and the other one of two. */
    final int hash;

    final int otherHash;

    final int hashLength;

    Evaluation(byte[] bytes, int hash, int otherHash, int hashLength) {
        this.bytes = bytes;
        this.hash = hash;
        this.otherHash = otherHash;
        this.hashLength = hashLength;
    }

    /** Puts the HMAC of a moving factor where it is to stand. */
    abstract void hash(long movingFactor);

    /** Puts the HMACs of two moving factors where they are to stand. */
    abstract void hash(long movingFactor, long otherFactor);

    /** The dynamic truncation of RFC 4226 §5.3: 31 bits of the HMAC of a moving factor. */
    final int truncated(long movingFactor) {
        hash(movingFactor);
        return truncatedAt(hash);
    }

    /** The same of two at once, which is faster than one after the other: the first of them in the upper half. */
    final long truncated(long movingFactor, long otherFactor) {
        hash(movingFactor, otherFactor);
        return (long) truncatedAt(hash) << Integer.SIZE | truncatedAt(otherHash);
    }

    private int truncatedAt(int at) {
        int offset = bytes[at + hashLength - 1] & 0xf;
        return (int) INT.get(bytes, at + offset) & Integer.MAX_VALUE;
    }

    /** Writes what is hashed of a moving factor (RFC 4226 §5.2): eight bytes, the most significant first. */
    final void writeMessage(long movingFactor, int at) {
        LONG.set(bytes, at, movingFactor);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
