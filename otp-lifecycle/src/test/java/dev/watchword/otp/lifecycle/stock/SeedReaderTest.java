package dev.watchword.otp.lifecycle.stock;

import static dev.watchword.otp.lifecycle.stock.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.SeedFileException;
import dev.watchword.otp.lifecycle.SerialNumber;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R5.1")
class SeedReaderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void recordsComeOnceAndThenNoMore() {
        SeedReader reader = PskcReader.open(stream(TOTP), PskcKey.none());

        assertTrue(reader.hasNext());
        assertTrue(reader.hasNext());
        assertTrue(reader.next() instanceof SeedRecord.Good);
        assertFalse(reader.hasNext());
        assertFalse(reader.hasNext());
        assertThrows(NoSuchElementException.class, reader::next);
    }

    /** A caller who goes on after a failure must not take what he has for the whole file. */
    @Test
    void aFailureStaysOne() {
        SeedReader reader = PskcReader.open(stream(TOTP.replace("</KeyContainer>", "")), PskcKey.none());

        assertTrue(reader.next() instanceof SeedRecord.Good);
        SeedFileException first = assertThrows(SeedFileException.class, reader::hasNext);
        assertSame(first, assertThrows(SeedFileException.class, reader::hasNext));
        assertSame(first, assertThrows(SeedFileException.class, reader::next));
    }

    @Test
    void openingReadsNothingAndClosingClosesTheStream() {
        AtomicInteger closed = new AtomicInteger();
        ByteArrayInputStream file = new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        for (SeedReader reader :
                List.of(PskcReader.open(file, PskcKey.none()), CsvSeedReader.open(file, CsvFormat.DEFAULT))) {
            reader.close();
        }
        assertEquals(3, file.available());
        assertEquals(2, closed.get());
    }

    @Test
    void placesAreToldInWords() {
        assertEquals(
                "record 17, serial 10119998, line 203, column 14, a/b",
                new Place(17, "10119998", 203, 14, "a/b").toString());
        assertEquals("line 1", new Place(0, null, 1, 0, "").toString());
    }

    @Test
    void seedsCheckTheirValues() {
        SeedProfile profile = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
        SerialNumber serial = new SerialNumber("10119998");
        for (Instant expiry : List.of(START, START.minusSeconds(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Seed(serial, SeedFiles.SECRET, profile, START, expiry, Map.of()));
        }
        for (String label : List.of("", " x", "x ", "a\nb", "\uD800", "\uFFFE", "\uFFFF", "x".repeat(257))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Seed(serial, SeedFiles.SECRET, profile, null, null, Map.of(SeedLabel.MODEL, label)));
        }
        Map<SeedLabel, String> labels = new EnumMap<>(Map.of(SeedLabel.MODEL, "M"));
        Seed seed = new Seed(serial, SeedFiles.SECRET, profile, START, START.plusSeconds(1), labels);
        labels.clear();
        assertEquals(Map.of(SeedLabel.MODEL, "M"), seed.labels());
        assertThrows(UnsupportedOperationException.class, () -> seed.labels().clear());
        assertThrows(IllegalArgumentException.class, () -> new SeedProfile.ForTotp(TotpProfile.BANK, -1, 0));
        HotpProfile hotp = new HotpProfile(HmacAlgorithm.SHA1, 6);
        assertThrows(IllegalArgumentException.class, () -> new SeedProfile.ForHotp(hotp, -1));
    }

    @Test
    void aBoundedStreamGivesItsBytesOneByOneToo() {
        BoundedStream stream = new BoundedStream(new ByteArrayInputStream(new byte[] {1, (byte) 0xFF}), 2);
        assertEquals(1, stream.read());
        assertEquals(0xFF, stream.read());
        assertEquals(-1, stream.read());
        assertFalse(stream.markSupported());
    }

    @Test
    void limitsAreAtLeastOne() {
        assertEquals(1, new SeedLimits(1, 1, 1, 1).maxBytes());
        assertThrows(IllegalArgumentException.class, () -> new SeedLimits(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SeedLimits(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SeedLimits(1, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SeedLimits(1, 1, 1, 0));
    }
}
