package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The listings of docs/stock.md are the regions of this file, in their order, and work. */
class StockListingTest {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    @Test
    void listingsAreRegions() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/seeds/StockListingTest.java"));

        assertEquals(2, found(REGION, source).count());
        assertEquals(
                found(REGION, source).map(String::stripIndent).toList(),
                found(LISTING, Files.readString(Path.of("../docs/stock.md"))).toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void aBatchIsCheckedWhole() {
        InputStream file = SeedFiles.stream(SeedFiles.with(
                SeedFiles.figure(7),
                "</pskc:Data>",
                "<pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter></pskc:Data>"));
        char[] password = "qwerty".toCharArray();
        // region
        List<Seed> chunk = new ArrayList<>();
        List<BadRecord> bad = new ArrayList<>();
        try (SeedReader reader = PskcReader.open(file, PskcKey.password(password))) {
            while (reader.hasNext()) {
                SeedRecord record = reader.next();
                if (record instanceof SeedRecord.Good good) {
                    chunk.add(good.seed()); // stage it each thousand, where nothing is stock yet
                } else if (record instanceof SeedRecord.Bad wrong) {
                    bad.add(wrong.bad()); // record 17, serial 101199980021, line 203, column 14, KeyContainer/…
                }
            }
        } // a SeedFileException: the file cannot be read, or not any further; drop what was staged
        boolean publish = bad.isEmpty();
        // end
        assertTrue(publish);
        assertEquals(1, chunk.size());
    }

    private final List<String> shown = new ArrayList<>();

    private void show(String text) {
        shown.add(text);
    }

    @Test
    void aBatchIsImportedWhole() {
        InputStream file = SeedFiles.stream(SeedFiles.with(
                SeedFiles.figure(7),
                "</pskc:Data>",
                "<pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter></pskc:Data>"));
        char[] password = "qwerty".toCharArray();
        Institution bank = TestInstitution.on(FakeClock.at("2026-11-23T09:00:00Z"));
        // region
        TokenStock stock = bank.stock();
        Outcome<Imported> outcome;
        try (SeedReader reader = PskcReader.open(file, PskcKey.password(password))) {
            outcome = stock.importBatch(new BatchId("delivery-2026-11"), reader, staged -> show(staged + " so far"));
        }
        List<String> report = outcome.fold(
                imported -> List.of(imported.tokens() + " tokens are in stock"),
                refused -> refused.badRecords().orElseThrow().first().stream() // nothing of the batch is in stock
                        .map(BadRecord::toString)
                        .toList());
        report.forEach(this::show);
        // end
        assertEquals(1, shown.size());
        assertTrue(shown.get(0).contains("no expiry"));
    }
}
