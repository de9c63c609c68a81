package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

/** A reader of a changed file returns records or throws a {@link SeedFileException}, and nothing else. */
class PskcFuzzProperties {
    private static final PskcKey KEY = PskcKey.preShared(SeedFiles.KEY);

    /** A replacement of a range of characters. The position is a fraction of the length of the text. */
    record Change(double where, int length, String replacement) {}

    @Property(tries = 2000)
    @Tag("R5.1")
    void readsOrRejectsAChangedFile(@ForAll @Size(min = 1, max = 4) List<@From("changes") Change> changes) {
        read(changed(SeedFiles.TOTP, changes), PskcKey.none());
        read(changed(SeedFiles.SIGNING, changes), PskcKey.none());
        read(changed(SeedFiles.figure(6), changes), KEY);
    }

    /** An encrypted file yields the secret of its manufacturer or no secret. */
    @Property(tries = 1000)
    @Tag("R5.1")
    void returnsNoOtherSecretFromAChangedFile(@ForAll @Size(min = 1, max = 3) List<@From("changes") Change> changes) {
        String file = SeedFiles.figure(6);
        int head = file.indexOf("<KeyPackage>");
        for (SeedRecord record : read(file.substring(0, head) + changed(file.substring(head), changes), KEY)) {
            if (record instanceof SeedRecord.Good good) {
                assertTrue(good.seed().secret().equals(SeedFiles.SECRET));
            }
        }
    }

    @Property(tries = 1000)
    @Tag("R5.1")
    void readsOrRejectsAnyCsv(
            @ForAll @Size(min = 1, max = 4) List<@From("changes") Change> changes,
            @ForAll @Size(max = 64) byte[] bytes) {
        String csv =
                "serial,secret_hex,kind,digits,counter\n10119998,3132333435363738393031323334353637383930,HOTP,6,0\n";
        for (byte[] file : List.of(changed(csv, changes).getBytes(StandardCharsets.UTF_8), bytes)) {
            try {
                SeedFiles.all(CsvSeedReader.open(new ByteArrayInputStream(file), TextLayout.DEFAULT));
            } catch (SeedFileException e) {
                assertFalse(String.valueOf(e.getMessage()).contains("3132"));
            }
        }
    }

    @Property(tries = 1000)
    @Tag("R5.1")
    void readsOrRejectsAnyBytes(@ForAll @Size(max = 64) byte[] bytes) {
        byte[] file = SeedFiles.TOTP.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, file, 40, bytes.length);
        for (byte[] each : List.of(bytes, file)) {
            try {
                SeedFiles.all(PskcReader.open(new ByteArrayInputStream(each), PskcKey.none()));
            } catch (SeedFileException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("The seed file"));
            }
        }
    }

    @CanIgnoreReturnValue
    private static List<SeedRecord> read(String xml, PskcKey key) {
        List<SeedRecord> records = new ArrayList<>();
        try {
            PskcReader.open(SeedFiles.stream(xml), key).forEachRemaining(records::add);
        } catch (SeedFileException e) {
            assertFalse(String.valueOf(e.getMessage()).contains("MTIz"));
            assertFalse(String.valueOf(e.getMessage()).contains("MDk4"));
        }
        for (SeedRecord record : records) {
            assertFalse(record.toString().contains("MTIz"));
            assertFalse(record.toString().contains("MDk4"));
        }
        return records;
    }

    private static String changed(String text, List<Change> changes) {
        String changed = text;
        for (Change change : changes) {
            int from = (int) (change.where() * changed.length());
            int to = Math.min(changed.length(), from + change.length());
            changed = changed.substring(0, from) + change.replacement() + changed.substring(to);
        }
        return changed;
    }

    @Provide
    Arbitrary<Change> changes() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(Arrays.asList(
                        "",
                        "<",
                        ">",
                        "&",
                        "]]>",
                        "<!--",
                        "<![CDATA[",
                        "/>",
                        "&#0;",
                        "&#xD800;",
                        "<Policy>",
                        "</Key>",
                        "<!DOCTYPE x>",
                        "<?xml?>",
                        "=",
                        "\"",
                        "xmlns=\"\"",
                        "0",
                        "-1",
                        "99999999999")),
                Arbitraries.strings().ofMaxLength(4));
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 60),
                        pieces)
                .as(Change::new);
    }
}
