package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader returns each record once, and throws the same failure again. */
@Tag("R5.1")
class SeedReaderTest {
    @Test
    void returnsEachRecordOnce() {
        SeedReader reader = PskcReader.open(stream(TOTP), PskcKey.none());

        assertTrue(reader.hasNext());
        assertTrue(reader.hasNext());
        assertTrue(reader.next() instanceof SeedRecord.Good);
        assertFalse(reader.hasNext());
        assertFalse(reader.hasNext());
        assertThrows(NoSuchElementException.class, reader::next);
    }

    /** A caller that continues after a failure must not mistake the records so far for the whole file. */
    @Test
    void throwsTheSameFailureAgain() {
        SeedReader reader = PskcReader.open(stream(TOTP.replace("</KeyContainer>", "")), PskcKey.none());

        assertTrue(reader.next() instanceof SeedRecord.Good);
        SeedFileException first = assertThrows(SeedFileException.class, reader::hasNext);
        assertSame(first, assertThrows(SeedFileException.class, reader::hasNext));
        assertSame(first, assertThrows(SeedFileException.class, reader::next));
    }

    @Test
    void readsNothingOnOpenAndClosesTheStream() {
        AtomicInteger closed = new AtomicInteger();
        ByteArrayInputStream file = new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        for (SeedReader reader :
                List.of(PskcReader.open(file, PskcKey.none()), CsvSeedReader.open(file, TextLayout.DEFAULT))) {
            reader.close();
        }
        assertEquals(3, file.available());
        assertEquals(2, closed.get());
    }

    @Test
    void readsABoundedStreamByteByByte() {
        BoundedStream stream = new BoundedStream(new ByteArrayInputStream(new byte[] {1, (byte) 0xFF}), 2);
        assertEquals(1, stream.read());
        assertEquals(0xFF, stream.read());
        assertEquals(-1, stream.read());
        assertFalse(stream.markSupported());
    }
}
