package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.GeneratedBatch;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader reads a batch of 100,000 tokens in a process whose heap is smaller than the file. */
@Tag("R12.3")
class SeedBatchTest {
    private static final int TOKENS = 100_000;
    private static final String HEAP = "-Xmx24m";
    private static final int CHUNK = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "encrypted", "csv"})
    void readsABatchInAHeapSmallerThanItsFile(String kind) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                System.getProperty("jdk.module.path", ""),
                                System.getProperty("java.class.path")),
                        SeedBatchTest.class.getName(),
                        kind)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.contains(TOKENS + " good records"), output);
    }

    @Test
    void usesAFileLargerThanTheHeap() {
        for (String kind : List.of("plain", "encrypted")) {
            assertTrue((long) TOKENS * GeneratedBatch.keyPackageLength(kind) > 24L << 20);
        }
    }

    /**
     * Reads a batch that is generated while it is read. Keeps one chunk of records at a time. The second argument is another
     * number of tokens, a multiple of 100.
     */
    public static void main(String[] arguments) throws IOException {
        String kind = arguments[0];
        PskcKey key = kind.equals("encrypted") ? PskcKey.preShared(SeedFiles.KEY) : PskcKey.none();
        int tokens = arguments.length > 1 ? Integer.parseInt(arguments[1]) : TOKENS;
        InputStream file = GeneratedBatch.open(kind, tokens);
        long good = 0;
        long start = System.nanoTime();
        try (SeedReader reader =
                kind.equals("csv") ? CsvSeedReader.open(file, TextLayout.DEFAULT) : PskcReader.open(file, key)) {
            SeedRecord[] chunk = new SeedRecord[CHUNK];
            while (reader.hasNext()) {
                SeedRecord record = reader.next();
                chunk[(int) (good % CHUNK)] = record;
                good += record instanceof SeedRecord.Good ? 1 : 0;
            }
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.println(good + " good records in " + millis + " ms, heap "
                + (Runtime.getRuntime().totalMemory() >> 20) + " MiB");
    }
}
