package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A compact encoding of typed fields in a fixed order. Numbers have a fixed width, texts and bytes begin with their length, and a
 * field that can be absent begins with a flag. The order determines every field of an encoding, so different fields never have the
 * same encoding. For one thread.
 */
final class FieldEncoder {
    private static final int INITIAL_CAPACITY = 512;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MAX_LENGTH_BYTES = 5;
    private static final int MAX_ASCII = 0x7f;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }

    FieldEncoder octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    FieldEncoder flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    FieldEncoder number(int value) {
        return bigEndian(value, Integer.BYTES);
    }

    FieldEncoder number(long value) {
        return bigEndian(value, Long.BYTES);
    }

    private FieldEncoder bigEndian(long value, int width) {
        reserve(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Appends a length, 7 bits a byte, the lowest bits first. The top bit marks that another byte follows. */
    private void length(int value) {
        reserve(MAX_LENGTH_BYTES);
        int rest = value;
        while (rest > 0x7f) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    FieldEncoder bytes(byte[] value) {
        length(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** Appends the encrypted bytes of a secret, as {@link #bytes} does. */
    FieldEncoder bytesOf(SealedSecret value) {
        length(value.length());
        reserve(value.length());
        value.copyTo(bytes, length);
        length += value.length();
        return this;
    }

    /** Appends a text in UTF-8. Model values have no lone surrogates, so the bytes give the text back. */
    FieldEncoder text(String value) {
        if (!isAscii(value)) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }
        int count = value.length();
        length(count);
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) value.charAt(i);
        }
        return this;
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > MAX_ASCII) {
                return false;
            }
        }
        return true;
    }

    FieldEncoder textOrNull(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    FieldEncoder constant(Enum<?> value) {
        return text(value.name());
    }

    /** Appends an instant as microseconds since 1970, as the databases keep it. */
    FieldEncoder instant(Instant value) {
        long micros = Math.multiplyExact(value.getEpochSecond(), (long) MICROS_PER_SECOND);
        return number(Math.addExact(micros, value.getNano() / NANOS_PER_MICRO));
    }

    FieldEncoder instantOrNull(@Nullable Instant value) {
        flag(value != null);
        return value == null ? this : instant(value);
    }

    /** Appends a day as days since 1970-01-01. */
    FieldEncoder dayOrNull(@Nullable LocalDate value) {
        flag(value != null);
        return value == null ? this : number(value.toEpochDay());
    }

    /** Removes all fields and keeps the room for them. */
    FieldEncoder clear() {
        length = 0;
        return this;
    }

    void feed(Mac mac) {
        mac.update(bytes, 0, length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
