package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;

/**
 * The floor of a case: the least time in which the JDK can hash the blocks that HMAC requires, at its speed for bulk
 * hashing.
 */
final class Floor {
    private Floor() {}

    /** Returns the name of the hash function, such as SHA-1. The JDK and the printed results use the same name. */
    static String hashName(HmacAlgorithm algorithm) {
        return algorithm.name().replace("SHA", "SHA-");
    }

    /** Returns the number of blocks that are hashed in bulk. The padding of the message adds one block. */
    static int blocksInBulk(HmacAlgorithm algorithm) {
        return VerifyBenchmark.Bulk.LENGTH / blockLength(algorithm) + 1;
    }

    private static int blockLength(HmacAlgorithm algorithm) {
        return algorithm == HmacAlgorithm.SHA512 ? 128 : 64;
    }
}
