package dev.watchword.otp;

import java.util.Arrays;

/**
 * Reads the fields of one protobuf message. Supports only the parts of the encoding that a migration payload uses. Throws an
 * {@link IllegalArgumentException} for malformed bytes. The message shows no byte.
 */
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int PAYLOAD_BITS = 7;

    private final byte[] message;
    private int position;
    private int wireType;

    /** Creates a reader of an array. The caller MUST NOT change the array while it is being read. */
    ProtobufReader(byte[] message) {
        this.message = message;
    }

    /** Returns the number of the next field, or 0 at the end. The caller MUST then read or skip its value. */
    int nextField() {
        if (position == message.length) {
            return 0;
        }
        long key = varint();
        wireType = (int) key & ((1 << TYPE_BITS) - 1);
        long field = key >>> TYPE_BITS;
        if (field < 1 || field > Integer.MAX_VALUE) {
            throw malformed();
        }
        return (int) field;
    }

    /** Reads the value of the current field as a number. */
    long number() {
        require(VARINT);
        return varint();
    }

    /**
     * Reads the value of the current field as a small number. Returns -1 for a larger number, because no enumeration contains -1.
     */
    int smallNumber() {
        long number = number();
        return number < 0 || number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    /** Reads the value of the current field as bytes. The caller owns the array. */
    byte[] bytes() {
        require(LENGTH_DELIMITED);
        int start = position(varint());
        return Arrays.copyOfRange(message, start, position);
    }

    /** Skips the value of the current field. */
    void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> position(Long.BYTES);
            case LENGTH_DELIMITED -> position(varint());
            case FIXED_32 -> position(Integer.BYTES);
            default -> throw malformed();
        }
    }

    private void require(int type) {
        if (wireType != type) {
            throw malformed();
        }
    }

    /** Advances the position by a length and returns the previous position. */
    private int position(long length) {
        if (length < 0 || length > message.length - position) {
            throw malformed();
        }
        int start = position;
        position += (int) length;
        return start;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
            byte next = message[position(1)];
            value |= (long) (next & ((1 << PAYLOAD_BITS) - 1)) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("The data of a migration URI must be a complete protobuf message");
    }
}
