package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

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
        return hashAt(evaluation, evaluation.hashOffset);
    }

    /** The whole HMACs of two moving factors, made at once. */
    static List<byte[]> hash(Evaluation evaluation, long movingFactor, long otherFactor) {
        evaluation.hashPair(movingFactor, otherFactor);
        return List.of(hashAt(evaluation, evaluation.hashOffset), hashAt(evaluation, evaluation.otherHashOffset));
    }

    private static byte[] hashAt(Evaluation evaluation, int at) {
        return Arrays.copyOfRange(evaluation.bytes, at, at + evaluation.hashLength);
    }
}
