package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;

/** The floor of a case: the least hashing that HMAC requires, at the JDK's speed for hashing in bulk. */
final class Floor {
    private Floor() {}

    /** Returns the name of the hash function, which is the same in the JDK and in prose. */
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
