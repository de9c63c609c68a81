package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The HMACs of one verification, one after the other. For one thread, and wiped when it is closed. */
abstract class Evaluation implements AutoCloseable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Takes in a message and gives out a hash, in place, so that nothing is allocated for each. */
    private final byte[] bytes;

    Evaluation(int hashLength) {
        bytes = new byte[hashLength];
    }

    /** Replaces the first {@link Long#BYTES} of the bytes, which are the message, by their HMAC, which fills them all. */
    abstract void hash(byte[] bytes);

    /** The HMAC of a moving factor, until the next is evaluated. */
    final byte[] hash(long movingFactor) {
        LONG.set(bytes, 0, movingFactor);
        hash(bytes);
        return bytes;
    }

    /** The dynamic truncation of RFC 4226 §5.3: 31 bits of the HMAC of a moving factor. */
    final int truncated(long movingFactor) {
        byte[] hash = hash(movingFactor);
        int offset = hash[hash.length - 1] & 0xf;
        return (int) INT.get(hash, offset) & Integer.MAX_VALUE;
    }

    @Override
    public final void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
