package dev.watchword.otp.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads an encoding from its first byte to its last. Numbers are big-endian. An encoding that is too short, too long or
 * otherwise malformed is an {@link IllegalArgumentException}, whose message shows none of its bytes. For one thread.
 */
public final class ByteReader {
    private static final int BYTE_MASK = 0xff;
    private static final int SHORT_MASK = 0xffff;

    private final ByteBuffer in;
    private final String subject;

    /** Begins to read an array. The subject names the encoding at the beginning of each message. */
    public ByteReader(byte[] bytes, String subject) {
        this.in = ByteBuffer.wrap(bytes);
        this.subject = subject;
    }

    /** Reads a byte as a number from 0 to 255. */
    public int octet() {
        requireRemaining(1);
        return in.get() & BYTE_MASK;
    }

    /** Reads two bytes as a number from 0 to 65535. */
    public int unsignedShort() {
        requireRemaining(Short.BYTES);
        return in.getShort() & SHORT_MASK;
    }

    /** Reads four bytes. */
    public int integer() {
        requireRemaining(Integer.BYTES);
        return in.getInt();
    }

    /** Reads eight bytes. */
    public long longInteger() {
        requireRemaining(Long.BYTES);
        return in.getLong();
    }

    /** Reads a number of bytes. */
    public byte[] bytes(int length) {
        requireRemaining(length);
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    /** Reads the rest. */
    public byte[] rest() {
        return bytes(in.remaining());
    }

    /** Reads a length of two bytes and this number of bytes as strict UTF-8. */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(unsignedShort())))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("must have texts in UTF-8");
        }
    }

    /** Requires a format number of one byte. */
    public void format(int expected) {
        if (!in.hasRemaining() || octet() != expected) {
            throw malformed("must begin with format " + expected);
        }
    }

    /** Requires that no byte is left. */
    public void end() {
        if (in.hasRemaining()) {
            throw malformed("must end after its last field");
        }
    }

    /** Returns an exception whose message begins with the subject. */
    public IllegalArgumentException malformed(String rule) {
        return new IllegalArgumentException(subject + " " + rule);
    }

    private void requireRemaining(int length) {
        if (length > in.remaining()) {
            throw malformed("must be complete");
        }
    }
}
