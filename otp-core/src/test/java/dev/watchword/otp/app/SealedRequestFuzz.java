package dev.watchword.otp.app;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.support.RoundTrip;
import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.util.Arrays;

/**
 * Fuzz target for the readers of requests, details and signing keys. Each reader accepts only bytes that its writer
 * produces, and clearly rejects all others. A request that nobody sealed does not open.
 */
public final class SealedRequestFuzz {
    private static final Owner OWNER = new Owner(SampleToken.SERVICE, SampleToken.USER);
    private static final OtpSecret SECRET = OtpSecret.copyOf(new byte[32]);
    private static final DeviceKey P256 = key(2);
    private static final DeviceKey X_WING = key(1);

    private SealedRequestFuzz() {}

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
        RoundTrip.readAndWritten(input, SealedRequest::fromBytes, SealedRequest::toBytes)
                .ifPresent(SealedRequestFuzz::requireClosed);
        RoundTrip.readAndWritten(input, TransactionDetails::decode, TransactionDetails::encode);
        RoundTrip.readAndWritten(input, SigningRequest::decode, SigningRequest::encode)
                .ifPresent(SigningRequest::digest);
        RoundTrip.readAndWritten(input, bytes -> SigningKey.read(OWNER, bytes), SigningKey::write);
    }

    private static void requireClosed(SealedRequest request) {
        if (request.open(P256, SECRET, OWNER).isPresent()
                || request.open(X_WING, SECRET, OWNER).isPresent()) {
            throw new AssertionError("a request that nobody sealed must not open");
        }
    }
}
