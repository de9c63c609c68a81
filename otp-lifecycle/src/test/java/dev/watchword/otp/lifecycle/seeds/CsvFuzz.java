package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.seeds.support.Fuzzed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A fuzz target for the CSV readers. Any bytes yield records or a rejection, in bounded time and memory. */
public final class CsvFuzz {
    private static final TextLayout UTF_16 =
            TextLayouts.OATH_CSV.toBuilder().charset(StandardCharsets.UTF_16).build();

    private CsvFuzz() {}

    /**
     * Reads one input with both readers, in the default layout and in those of common files.
     *
     * @param input the bytes of a file
     */
    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzed.readTokens(CsvTokenReader.open(new ByteArrayInputStream(input), TextLayout.DEFAULT));
        Fuzzed.read(CsvSeedReader.open(new ByteArrayInputStream(input), TextLayout.DEFAULT));
        for (TextLayout layout : List.of(
                TextLayouts.ENTRA,
                TextLayouts.SERIAL_HEX,
                TextLayouts.OATH_CSV,
                TextLayouts.YUBICO,
                TextLayouts.YUBICO_TRADITIONAL,
                TextLayouts.SERIAL_BASE64_COUNTER,
                UTF_16)) {
            Fuzzed.read(CsvSeedReader.open(new ByteArrayInputStream(input), layout));
        }
        Fuzzed.readTokens(CsvTokenReader.open(new ByteArrayInputStream(input), TextLayouts.ENTRA_HOLDERS));
    }
}
