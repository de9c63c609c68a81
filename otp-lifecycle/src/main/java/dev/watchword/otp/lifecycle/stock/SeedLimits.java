package dev.watchword.otp.lifecycle.stock;

/**
 * How much a seed file may ask of its reader. Beyond a limit, reading ends with a
 * {@link dev.watchword.otp.lifecycle.SeedFileException}.
 *
 * @param maxBytes the greatest length of a file, in bytes
 * @param maxSignedBytes the greatest length of a file whose signature is verified, in bytes: it is held in memory, and
 *     takes about ten times as much of it while it is verified
 * @param maxRecords the greatest number of records in a file
 * @param maxIterations the greatest number of iterations of PBKDF2
 */
public record SeedLimits(long maxBytes, int maxSignedBytes, int maxRecords, int maxIterations) {
    /** 1 GiB, 32 MiB with a signature, a million records, five million iterations. */
    public static final SeedLimits DEFAULT = new SeedLimits(1L << 30, 1 << 25, 1_000_000, 5_000_000);

    /**
     * Creates the limits.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public SeedLimits {
        if (maxBytes < 1 || maxSignedBytes < 1 || maxRecords < 1 || maxIterations < 1) {
            throw new IllegalArgumentException("Every limit must be at least 1");
        }
    }
}
