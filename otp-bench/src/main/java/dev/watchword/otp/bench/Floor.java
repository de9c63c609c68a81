package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;

/** The floor under a case: the hashing that HMAC cannot do without, as fast as the JDK hashes in bulk. */
final class Floor {
    private Floor() {}

    /** The name of the hash function in the JDK and in prose. */
    static String hashName(HmacAlgorithm algorithm) {
        return algorithm.name().replace("SHA", "SHA-");
    }

    /** How many blocks are hashed in bulk; the padding of the message is one more. */
    static int blocksInBulk(HmacAlgorithm algorithm) {
        return VerifyBenchmark.Bulk.LENGTH / blockLength(algorithm) + 1;
    }

    private static int blockLength(HmacAlgorithm algorithm) {
        return algorithm == HmacAlgorithm.SHA512 ? 128 : 64;
    }
}
