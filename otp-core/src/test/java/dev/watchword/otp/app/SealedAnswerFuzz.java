package dev.watchword.otp.app;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a fuzzer asks of the readers of answers, of what is in them, and of vaults: what they take is what they would write,
 * all else is a clear error, and nothing that was not sealed opens.
 */
public final class SealedAnswerFuzz {
    private static final DeviceKey P256 = key(2);
    private static final DeviceKey X_WING = key(1);

    private SealedAnswerFuzz() {}

    private static DeviceKey key(int type) {
        byte[] bytes = new byte[33];
        Arrays.fill(bytes, (byte) 7);
        bytes[0] = (byte) type;
        return DeviceKey.fromBytes(bytes);
    }

    /**
     * Takes one input.
     *
     * @param input whatever the fuzzer put in
     */
    public static void fuzzerTestOneInput(byte[] input) {
        SealedAnswer answer = readAndWritten(input, SealedAnswer::fromBytes, SealedAnswer::toBytes);
        if (answer != null
                && (P256.open(answer, "10112235", "999800000001").isPresent()
                        || X_WING.open(answer, "10112235", "999800000001").isPresent())) {
            throw new AssertionError("opened what nobody sealed");
        }
        readAndWritten(input, ContentsFormat::read, ContentsFormat::write);
        readAndWritten(input, VaultFormat::read, VaultFormat::write);
    }

    static <T> @Nullable T readAndWritten(byte[] input, Function<byte[], T> reader, Function<T, byte[]> writer) {
        T value;
        try {
            value = reader.apply(input.clone());
        } catch (IllegalArgumentException e) {
            if (e.getClass() != IllegalArgumentException.class) {
                throw new AssertionError("not an error of this library's own", e);
            }
            return null;
        }
        if (!Arrays.equals(input, writer.apply(value))) {
            throw new AssertionError("read as what would be written in another way: " + value);
        }
        return value;
    }
}
