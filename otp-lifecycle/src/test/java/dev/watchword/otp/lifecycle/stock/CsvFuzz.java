package dev.watchword.otp.lifecycle.stock;

import java.io.ByteArrayInputStream;

/** What a fuzzer asks of the reader of CSV: any bytes are records or a refusal, in bounded time and memory. */
public final class CsvFuzz {
    private CsvFuzz() {}

    /**
     * Takes one input.
     *
     * @param input a file, whatever is in it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzed.readTokens(CsvTokenReader.open(new ByteArrayInputStream(input), CsvFormat.DEFAULT));
        Fuzzed.read(CsvSeedReader.open(new ByteArrayInputStream(input), CsvFormat.DEFAULT));
    }
}
