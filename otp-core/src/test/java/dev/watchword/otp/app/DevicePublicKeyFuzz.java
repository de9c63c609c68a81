package dev.watchword.otp.app;

import dev.watchword.otp.app.support.RoundTrip;
import dev.watchword.otp.app.support.SampleToken;
import java.security.SecureRandom;

/**
 * Fuzz target for the reader of public keys. A server can seal to each key that the reader accepts. The reader clearly
 * rejects all other bytes.
 */
public final class DevicePublicKeyFuzz {
    private static final SecureRandom RANDOM = new SecureRandom();

    private DevicePublicKeyFuzz() {}

    /**
     * Runs one input.
     *
     * @param input the bytes that the fuzzer chose
     */
    public static void fuzzerTestOneInput(byte[] input) {
        RoundTrip.readAndWritten(input, DevicePublicKey::fromBytes, DevicePublicKey::toBytes)
                .ifPresent(key -> SealedAnswer.seal(SampleToken.contents(), key, RANDOM));
    }
}
