package dev.watchword.otp.lifecycle.seeds;

/**
 * A reader of seed files. It lets a caller check a batch of any size completely and stage it in chunks.
 *
 * <p>A caller MUST NOT put any token of the file into stock before {@code hasNext} has returned {@code false}.
 */
public abstract sealed class SeedReader extends RecordReader<SeedRecord> permits PskcReader, CsvSeedReader {
    SeedReader() {}
}
