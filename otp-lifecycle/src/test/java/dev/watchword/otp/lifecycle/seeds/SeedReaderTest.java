package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.OCRA_PACKAGE;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.aes;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import dev.watchword.otp.lifecycle.seeds.support.Signed;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader returns each record once, and throws the same failure again. */
@Tag("R5.1")
class SeedReaderTest {
    private static final String CSV = "serial,secret_hex,kind,digits,step\n";
    private static final String ROW = "101199980021,3132333435363738393031323334353637383930,TOTP,6,30\n";

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

    /** A page describes the kind of a failure to its operator, because the message is in English. */
    @Test
    void aFailureStatesItsKind() throws Exception {
        SeedLimits one = SeedLimits.DEFAULT.withMaxRecords(1);
        String encrypted = Encrypted.file("gcm", KEY, "");
        PskcKey wrong = PskcKey.preShared(aes("99999999999999999999999999999999"));
        InputStream broken = InputStream.nullInputStream();
        broken.close(); // every later read fails

        assertEquals(FileProblem.EMPTY, failure(csv("")));
        assertEquals(FileProblem.EMPTY, failure(csv("serial,secret_hex,kind,digits,step\n")));
        assertEquals(FileProblem.FORMAT, failure(csv("a,b\n1,2\n")));
        assertEquals(FileProblem.FORMAT, failure(csv(TOTP)));
        assertEquals(
                FileProblem.TOO_LARGE, failure(CsvSeedReader.open(stream(CSV + ROW + ROW), TextLayout.DEFAULT, one)));
        assertEquals(FileProblem.STORAGE, failure(CsvSeedReader.open(broken, TextLayout.DEFAULT)));
        assertEquals(
                FileProblem.EMPTY,
                failure(pskc(TOTP.replaceAll("(?s)<KeyPackage>.*</KeyPackage>", ""), PskcKey.none())));
        assertEquals(FileProblem.FORMAT, failure(pskc(CSV, PskcKey.none())));
        assertEquals(FileProblem.FORMAT, failure(pskc(TOTP.replace("1.0", "2.0"), PskcKey.none())));
        assertEquals(FileProblem.KEY, failure(pskc(encrypted, PskcKey.none())));
        assertEquals(FileProblem.KEY, failure(pskc(encrypted, wrong)));
        assertEquals(FileProblem.KEY, failure(pskc(encrypted, PskcKey.password("1234".toCharArray()))));
        assertEquals(FileProblem.KEY, failure(pskc(TOTP, wrong)));
        assertEquals(
                FileProblem.SIGNATURE,
                failure(PskcReader.openSigned(stream(TOTP), PskcKey.none(), Signed.RSA.getPublic())));
    }

    private static SeedReader csv(String text) {
        return CsvSeedReader.open(stream(text), TextLayout.DEFAULT);
    }

    private static SeedReader pskc(String text, PskcKey key) {
        return PskcReader.open(stream(text), key);
    }

    private static FileProblem failure(SeedReader reader) {
        return assertThrows(SeedFileException.class, () -> all(reader)).kind();
    }

    @Test
    void aBadRecordStatesItsKind() {
        assertEquals(RecordProblem.MISSING, kind(TOTP.replaceFirst("<SerialNo>.*</SerialNo>", "")));
        assertEquals(RecordProblem.MALFORMED, kind(TOTP.replace(">60<", ">x<")));
        assertEquals(RecordProblem.UNEXPECTED, kind(TOTP.replace("<Time>", "<Times/><Time>")));
        assertEquals(RecordProblem.UNSUPPORTED, kind(TOTP.replace("pskc:totp", "pskc:pin")));
        assertEquals(RecordProblem.RESTRICTED, kind(TOTP.replace("<KeyUsage>OTP</KeyUsage>", "")));
        assertEquals(RecordProblem.DATES, kind(TOTP.replace("2031-", "2025-")));
        assertEquals(RecordProblem.SIGNING_KEY, kind(TOTP.replaceAll("(?s)<KeyPackage>.*</KeyPackage>", OCRA_PACKAGE)));
        assertEquals(
                RecordProblem.MISSING,
                ((SeedRecord.Bad) all(csv(CSV + ROW.replace("TOTP,6,30", "TOTP,6,")))
                                .get(0))
                        .bad()
                        .kind());
    }

    private static RecordProblem kind(String xml) {
        return bad(xml).kind();
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
