package dev.watchword.otp.lifecycle.seeds;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the resources that a seed file can consume. A reader ends with a {@link SeedFileException} when a file
 * exceeds one. Immutable and safe for use by several threads.
 *
 * <p>Verifying a signature holds the whole file in memory and temporarily needs about ten times its length.
 */
public final class SeedLimits {
    /** The default limits: 1 GiB, 32 MiB with a signature, 1,000,000 records and 5,000,000 iterations. */
    public static final SeedLimits DEFAULT = new SeedLimits(1L << 30, 1 << 25, 1_000_000, 5_000_000);

    private final long maxBytes;
    private final int maxSignedBytes;
    private final int maxRecords;
    private final int maxIterations;

    private SeedLimits(long maxBytes, int maxSignedBytes, int maxRecords, int maxIterations) {
        this.maxBytes = maxBytes;
        this.maxSignedBytes = maxSignedBytes;
        this.maxRecords = maxRecords;
        this.maxIterations = maxIterations;
        if (maxBytes < 1 || maxSignedBytes < 1 || maxRecords < 1 || maxIterations < 1) {
            throw new IllegalArgumentException("Every limit must be at least 1");
        }
    }

    /** {@return the greatest length of a file, in bytes, at least 1} */
    public long maxBytes() {
        return maxBytes;
    }

    /** {@return the greatest length of a file whose signature is verified, in bytes, at least 1} */
    public int maxSignedBytes() {
        return maxSignedBytes;
    }

    /** {@return the greatest number of records in a file, at least 1} */
    public int maxRecords() {
        return maxRecords;
    }

    /** {@return the greatest number of PBKDF2 iterations, at least 1} */
    public int maxIterations() {
        return maxIterations;
    }

    /**
     * Returns a copy with another greatest length of a file.
     *
     * @param newMaxBytes the greatest length of a file, in bytes, at least 1
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the value is out of range
     */
    public SeedLimits withMaxBytes(long newMaxBytes) {
        return new SeedLimits(newMaxBytes, maxSignedBytes, maxRecords, maxIterations);
    }

    /**
     * Returns a copy with another greatest length of a signed file.
     *
     * @param newMaxSignedBytes the greatest length of a file whose signature is verified, in bytes, at least 1
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the value is out of range
     */
    public SeedLimits withMaxSignedBytes(int newMaxSignedBytes) {
        return new SeedLimits(maxBytes, newMaxSignedBytes, maxRecords, maxIterations);
    }

    /**
     * Returns a copy with another greatest number of records.
     *
     * @param newMaxRecords the greatest number of records in a file, at least 1
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the value is out of range
     */
    public SeedLimits withMaxRecords(int newMaxRecords) {
        return new SeedLimits(maxBytes, maxSignedBytes, newMaxRecords, maxIterations);
    }

    /**
     * Returns a copy with another greatest number of PBKDF2 iterations.
     *
     * @param newMaxIterations the greatest number of PBKDF2 iterations, at least 1
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the value is out of range
     */
    public SeedLimits withMaxIterations(int newMaxIterations) {
        return new SeedLimits(maxBytes, maxSignedBytes, maxRecords, newMaxIterations);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SeedLimits that
                        && maxBytes == that.maxBytes
                        && maxSignedBytes == that.maxSignedBytes
                        && maxRecords == that.maxRecords
                        && maxIterations == that.maxIterations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxBytes, maxSignedBytes, maxRecords, maxIterations);
    }

    @Override
    public String toString() {
        return "SeedLimits[maxBytes=" + maxBytes + ", maxSignedBytes=" + maxSignedBytes + ", maxRecords=" + maxRecords
                + ", maxIterations=" + maxIterations + "]";
    }
}
