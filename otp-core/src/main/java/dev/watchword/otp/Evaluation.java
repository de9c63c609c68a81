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

    /** Where in the bytes the hash comes to stand: its first byte, and its last one. */
    final int first;

    final int last;

    Evaluation(byte[] bytes, int first, int hashLength) {
        this.bytes = bytes;
        this.first = first;
        this.last = first + hashLength - 1;
    }

    /** Puts the HMAC of a moving factor where it is to stand. */
    abstract void hash(long movingFactor);

    /** The dynamic truncation of RFC 4226 §5.3: 31 bits of the HMAC of a moving factor. */
    final int truncated(long movingFactor) {
        hash(movingFactor);
        int offset = bytes[last] & 0xf;
        return (int) INT.get(bytes, first + offset) & Integer.MAX_VALUE;
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
