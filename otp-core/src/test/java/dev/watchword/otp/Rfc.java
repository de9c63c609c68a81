package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The secrets of the RFCs' published vectors. */
final class Rfc {
    private Rfc() {}

    /** RFC 4226 App. D and RFC 6238 App. B: the ASCII digits 1234567890, repeated to the length of the hash. */
    static OtpSecret secret(HmacAlgorithm algorithm) {
        String digits = "1234567890".repeat(7).substring(0, algorithm.hashLength());
        return OtpSecret.copyOf(digits.getBytes(StandardCharsets.US_ASCII));
    }

    /** The whole HMAC of a moving factor. */
    static byte[] hash(Evaluation evaluation, long movingFactor) {
        evaluation.hash(movingFactor);
        return Arrays.copyOfRange(evaluation.bytes, evaluation.first, evaluation.last + 1);
    }
}
