package dev.watchword.otp.app;

import java.security.SecureRandom;

/** What a fuzzer asks of the reader of public keys: each that it takes can be sealed to, all else is a clear error. */
public final class DevicePublicKeyFuzz {
    private static final SecureRandom RANDOM = new SecureRandom();

    private DevicePublicKeyFuzz() {}

    /**
     * Takes one input.
     *
     * @param input whatever the fuzzer put in
     */
    public static void fuzzerTestOneInput(byte[] input) {
        DevicePublicKey key =
                SealedAnswerFuzz.readAndWritten(input, DevicePublicKey::fromBytes, DevicePublicKey::toBytes);
        if (key != null) {
            SealedAnswer.seal(Samples.contents(), key, RANDOM);
        }
    }
}
