package dev.watchword.otp.lifecycle.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.SerialNumber;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of 100,000 fobs, read in a process with a heap in which the file alone would not fit. */
@Tag("R12.3")
class SeedBatchTest {
    private static final int FOBS = 100_000;
    private static final String HEAP = "-Xmx24m";
    private static final int CHUNK = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "encrypted", "csv"})
    void aBatchIsReadInAHeapSmallerThanItsFile(String kind) throws IOException, InterruptedException {
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
        assertTrue(output.contains(FOBS + " good records"), output);
    }

    @Test
    void theFileIsLargerThanTheHeap() {
        for (String kind : List.of("plain", "encrypted")) {
            assertTrue((long) FOBS * keyPackage(one(kind)).length() > 24L << 20);
        }
    }

    /** Reads a batch that is made while it is read, and keeps a chunk of it at a time. */
    public static void main(String[] arguments) throws IOException {
        String kind = arguments[0];
        PskcKey key = kind.equals("encrypted") ? PskcKey.preShared(SeedFiles.KEY) : PskcKey.none();
        InputStream file = batch(kind);
        long good = 0;
        long start = System.nanoTime();
        try (SeedReader reader =
                kind.equals("csv") ? CsvSeedReader.open(file, CsvFormat.DEFAULT) : PskcReader.open(file, key)) {
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

    private static InputStream batch(String kind) throws IOException {
        if (kind.equals("csv")) {
            return rows(
                    "serial,secret_hex,kind,digits,step\n",
                    i -> serial(i) + ",3132333435363738393031323334353637383930,TOTP,8,60\n",
                    "");
        }
        String one = one(kind);
        String keyPackage = keyPackage(one);
        int from = one.indexOf(keyPackage);
        return rows(
                one.substring(0, from),
                i -> keyPackage.replace("10000000", serial(i)),
                one.substring(from + keyPackage.length()));
    }

    private static InputStream rows(String head, IntFunction<String> row, String foot) {
        Stream<String> middle = IntStream.range(0, FOBS / 100)
                .mapToObj(i -> IntStream.range(0, 100)
                        .mapToObj(j -> row.apply(100 * i + j))
                        .reduce("", String::concat));
        Iterator<byte[]> parts = Stream.concat(Stream.concat(Stream.of(head), middle), Stream.of(foot))
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .iterator();
        return new InputStream() {
            private byte[] part = parts.next();
            private int position;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                while (position == part.length) {
                    if (!parts.hasNext()) {
                        return -1;
                    }
                    part = parts.next();
                    position = 0;
                }
                int count = Math.min(length, part.length - position);
                System.arraycopy(part, position, buffer, offset, count);
                position += count;
                return count;
            }
        };
    }

    private static String serial(int i) {
        return Integer.toString(10_000_000 + i);
    }

    private static String keyPackage(String one) {
        return one.substring(one.indexOf("<KeyPackage>"), one.indexOf("</KeyPackage>") + "</KeyPackage>".length());
    }

    private static String one(String kind) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PskcKey key = kind.equals("encrypted") ? PskcKey.preShared(SeedFiles.KEY) : PskcKey.none();
        SeedProfile profile = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
        try (PskcWriter writer = PskcWriter.open(file, key, new SecureRandom(new byte[] {1}))) {
            writer.write(new Seed(
                    new SerialNumber("10000000"),
                    SeedFiles.SECRET,
                    profile,
                    null,
                    Instant.parse("2031-01-01T00:00:00Z"),
                    Map.of(SeedLabel.MANUFACTURER, "oath.AC", SeedLabel.KEY_ID, "10000000")));
        }
        return file.toString(StandardCharsets.UTF_8);
    }
}
