package dev.watchword.otp.lifecycle.stock;

/**
 * Reads a seed file, so that a batch of any size can be checked whole and staged in chunks. Until {@code hasNext} has returned
 * {@code false}, nothing of it may become stock.
 */
public abstract sealed class SeedReader extends RecordReader<SeedRecord> permits PskcReader, CsvSeedReader {
    SeedReader() {}
}
