package dev.watchword.otp.support;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A writer of {@code otpauth-migration} URIs as Google Authenticator writes them. Shares no code with the reader, so that
 * both cannot make the same mistake.
 */
public final class MigrationPayload {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends a number. */
    public MigrationPayload number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    /** Appends bytes. */
    public MigrationPayload bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    /** Appends a text. */
    public MigrationPayload text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends an entry. */
    public MigrationPayload entry(MigrationPayload entry) {
        return bytes(1, entry.toBytes());
    }

    /** Appends the position of this part in its export. */
    public MigrationPayload position(int parts, int index, long exportId) {
        return number(2, 1).number(3, parts).number(4, index).number(5, exportId);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** Returns the message. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Returns the message as a URI. */
    public String toUri() {
        return uri(toBytes());
    }

    /** Returns any bytes as a URI. */
    public static String uri(byte[] payload) {
        return "otpauth-migration://offline?data="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(payload), StandardCharsets.US_ASCII);
    }
}
