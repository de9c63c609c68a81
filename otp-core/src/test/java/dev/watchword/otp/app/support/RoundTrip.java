package dev.watchword.otp.app.support;

import dev.watchword.otp.support.Reader;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** A binary format that has exactly one encoding of each value. */
public final class RoundTrip {
    private RoundTrip() {}

    /** Returns the value of the input, or empty if the reader rejects it. The writer must restore the input. */
    public static <T> Optional<T> readAndWritten(byte[] input, Function<byte[], T> reader, Function<T, byte[]> writer) {
        Optional<T> value = Reader.valueOf(() -> reader.apply(input.clone()));
        if (value.isPresent() && !Arrays.equals(input, writer.apply(value.get()))) {
            throw new AssertionError("the encoding must be unique: " + value.get());
        }
        return value;
    }
}
