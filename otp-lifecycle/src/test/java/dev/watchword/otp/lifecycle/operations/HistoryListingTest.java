package dev.watchword.otp.lifecycle.operations;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.TamperableStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/history.md about verification and archiving are the regions of this file, and work. */
class HistoryListingTest extends InstitutionFixture {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);

    private final List<String> alarms = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final List<RecordedEvent> kept = new ArrayList<>();

    @Test
    void listingsAreRegions() throws IOException {
        String source = Files.readString(
                Path.of("src/test/java/dev/watchword/otp/lifecycle/operations/HistoryListingTest.java"));
        String page = Files.readString(Path.of("../docs/history.md"));
        List<String> regions = REGION.matcher(source)
                .results()
                .map(result -> result.group(1).stripIndent())
                .toList();

        assertEquals(3, regions.size());
        for (String region : regions) {
            assertTrue(page.contains("```java\n" + region + "\n```\n"), region);
        }
    }

    private void alarm(String text) {
        alarms.add(text);
    }

    private void log(String text) {
        logged.add(text);
    }

    private void keep(Holder holder, List<RecordedEvent> events) {
        assertEquals(TARO, holder);
        kept.addAll(events);
    }

    private void verify(Holder taro) {
        // region
        for (HistoryFinding finding : bank.histories().verify(taro).findings()) {
            alarm("event " + finding.number() + ": " + finding.fault());
        }
        // end
    }

    @Test
    void raisesAnAlarmForABrokenHistoryOnly() {
        TamperableStore tampered = new TamperableStore(store);
        bank = TestInstitution.builder(tampered, clock).build();
        activate(TARO);

        verify(TARO);
        assertEquals(List.of(), alarms);

        tampered.events = events -> events.subList(0, events.size() - 1);
        verify(TARO);
        assertEquals(1, alarms.size());

        tampered.events = UnaryOperator.identity();
        verify(TARO);
        assertEquals(1, alarms.size());
    }

    @Test
    void keepsTheEventsThatItArchives() {
        activate(TARO);
        int events = history(TARO).size();
        Instant sevenYearsAgo = Instant.MAX;
        // region
        Archived archived = bank.histories()
                .archive(sevenYearsAgo, this::keep, progress -> log(progress.events() + " archived so far"));
        log("archived " + archived.events() + " events of " + archived.holders() + " holders");
        // end
        assertEquals(events, kept.size());
        assertEquals(List.of(events + " archived so far", "archived " + events + " events of 1 holders"), logged);
    }

    @Test
    void exportsAHistoryAndAnArchive(@TempDir Path folder) throws IOException {
        activate(TARO);
        int events = history(TARO).size();
        Holder taro = TARO;
        Instant sevenYearsAgo = Instant.MAX;
        Path historyFile = folder.resolve("taro.jsonl");
        Path archiveFile = folder.resolve("archive.jsonl");
        // region
        try (Writer out = Files.newBufferedWriter(historyFile)) {
            bank.histories().export(taro, out);
        }
        try (Writer out = Files.newBufferedWriter(archiveFile, CREATE, APPEND, DSYNC)) {
            Histories.Archive archive = bank.histories().jsonLines(out);
            bank.histories().archive(sevenYearsAgo, archive, progress -> log(progress.events() + " archived so far"));
        }
        // end
        assertEquals(events, Files.readAllLines(historyFile).size());
        assertEquals(Files.readAllLines(historyFile), Files.readAllLines(archiveFile));
        assertEquals(0, history(TARO).size());
    }
}
