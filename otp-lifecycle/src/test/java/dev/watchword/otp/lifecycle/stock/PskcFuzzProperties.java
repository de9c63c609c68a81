package dev.watchword.otp.lifecycle.stock;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.SeedFileException;
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

/** Whatever is done to a file, a reader gives records or says that it cannot read it, and never throws anything else. */
class PskcFuzzProperties {
    private static final PskcKey KEY = PskcKey.preShared(SeedFiles.KEY);

    /** What stands somewhere, and for how many characters; what replaces it. */
    record Change(double where, int length, String replacement) {}

    @Property(tries = 2000)
    @Tag("R5.1")
    void aChangedFileIsReadOrRefused(@ForAll @Size(min = 1, max = 4) List<@From("changes") Change> changes) {
        read(changed(SeedFiles.TOTP, changes), PskcKey.none());
        read(changed(SeedFiles.figure(6), changes), KEY);
    }

    /** The secret of an encrypted file is the maker's, or there is none. */
    @Property(tries = 1000)
    @Tag("R5.1")
    void noChangeGivesAnotherSecret(@ForAll @Size(min = 1, max = 3) List<@From("changes") Change> changes) {
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
    void anyCsvIsReadOrRefused(
            @ForAll @Size(min = 1, max = 4) List<@From("changes") Change> changes,
            @ForAll @Size(max = 64) byte[] bytes) {
        String csv =
                "serial,secret_hex,kind,digits,counter\n10119998,3132333435363738393031323334353637383930,HOTP,6,0\n";
        for (byte[] file : List.of(changed(csv, changes).getBytes(StandardCharsets.UTF_8), bytes)) {
            try {
                SeedFiles.all(CsvSeedReader.open(new ByteArrayInputStream(file), CsvFormat.DEFAULT));
            } catch (SeedFileException e) {
                assertFalse(String.valueOf(e.getMessage()).contains("3132"));
            }
        }
    }

    @Property(tries = 1000)
    @Tag("R5.1")
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 64) byte[] bytes) {
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

    private static List<SeedRecord> read(String xml, PskcKey key) {
        List<SeedRecord> records = new ArrayList<>();
        try {
            PskcReader.open(SeedFiles.stream(xml), key).forEachRemaining(records::add);
        } catch (SeedFileException e) {
            assertFalse(String.valueOf(e.getMessage()).contains("MTIz"));
        }
        for (SeedRecord record : records) {
            assertFalse(record.toString().contains("MTIz"));
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
