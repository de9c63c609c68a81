package dev.watchword.otp.app;

import dev.watchword.otp.app.support.RoundTrip;
import dev.watchword.otp.app.support.SampleToken;
import java.util.Arrays;

/**
 * Fuzz target for the readers of answers, contents and vaults. Each reader accepts only bytes that its writer produces,
 * and clearly rejects all others. An answer that nobody sealed does not open.
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
     * Runs one input.
     *
     * @param input the bytes that the fuzzer chose
     */
    public static void fuzzerTestOneInput(byte[] input) {
        RoundTrip.readAndWritten(input, SealedAnswer::fromBytes, SealedAnswer::toBytes)
                .ifPresent(SealedAnswerFuzz::requireClosed);
        RoundTrip.readAndWritten(input, ContentsFormat::read, ContentsFormat::write);
        RoundTrip.readAndWritten(input, VaultFormat::read, VaultFormat::write);
    }

    private static void requireClosed(SealedAnswer answer) {
        if (P256.open(answer, SampleToken.SERVICE, SampleToken.USER).isPresent()
                || X_WING.open(answer, SampleToken.SERVICE, SampleToken.USER).isPresent()) {
            throw new AssertionError("an answer that nobody sealed must not open");
        }
    }
}
