package dev.watchword.otp;

import java.util.Arrays;
import java.util.List;

/**
 * Reads whole HMACs out of an {@link Evaluation}. It stands beside the tests, because an evaluation is package-private.
 */
final class HashReader {
    private HashReader() {}

    /** Returns the HMAC of a moving factor. */
    static byte[] hash(Evaluation evaluation, long movingFactor) {
        evaluation.hash(movingFactor);
        return hashAt(evaluation, evaluation.hashOffset);
    }

    /** Returns the HMAC of a message. */
    static byte[] hash(Evaluation evaluation, byte[] message) {
        evaluation.hash(message);
        return hashAt(evaluation, evaluation.hashOffset);
    }

    /** Returns the HMACs of two moving factors, computed as a pair. */
    static List<byte[]> hashPair(Evaluation evaluation, long movingFactor, long otherFactor) {
        evaluation.hashPair(movingFactor, otherFactor);
        return List.of(hashAt(evaluation, evaluation.hashOffset), hashAt(evaluation, evaluation.otherHashOffset));
    }

    private static byte[] hashAt(Evaluation evaluation, int at) {
        return Arrays.copyOfRange(evaluation.bytes, at, at + evaluation.hashLength);
    }
}
