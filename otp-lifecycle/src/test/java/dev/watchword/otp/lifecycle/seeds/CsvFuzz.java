package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.seeds.support.Fuzzed;
import java.io.ByteArrayInputStream;

/** A fuzz target for the CSV readers. Any bytes yield records or a rejection, in bounded time and memory. */
public final class CsvFuzz {
    private CsvFuzz() {}

    /**
     * Reads one input with both readers.
     *
     * @param input the bytes of a file
     */
    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzed.readTokens(CsvTokenReader.open(new ByteArrayInputStream(input), CsvFormat.DEFAULT));
        Fuzzed.read(CsvSeedReader.open(new ByteArrayInputStream(input), CsvFormat.DEFAULT));
    }
}
