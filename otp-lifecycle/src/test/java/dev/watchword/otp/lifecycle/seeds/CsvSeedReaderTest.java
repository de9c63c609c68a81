package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of CSV seed files returns every valid record and reports the position of every invalid one. */
@Tag("R5.1")
class CsvSeedReaderTest {
    private static final String HEX = "3132333435363738393031323334353637383930";
    private static final String BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String HEADER =
            "serial,secret_hex,kind,digits,step,algorithm,counter,start,expiry,manufacturer,model\n";
    private static final String TOTP = "101199980021," + HEX
            + ",TOTP,8,60,SHA256,,2026-01-01T00:00:00Z,2031-01-01T00:00:00+09:00,oath.AC,\"M,1\"\n";
    private static final String HOTP = "10119998," + HEX + ",HOTP,6,,,42,,,,\n";

    private static List<SeedRecord> read(String csv) {
        return all(CsvSeedReader.open(stream(csv), TextLayout.DEFAULT));
    }

    private static Seed seed(String csv) {
        List<SeedRecord> records = read(csv);
        assertEquals(1, records.size());
        return ((SeedRecord.Good) records.get(0)).seed();
    }

    private static BadRecord bad(String row) {
        List<SeedRecord> records = read(HEADER + row);
        assertEquals(1, records.size());
        return ((SeedRecord.Bad) records.get(0)).bad();
    }

    private static String failure(String csv) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(csv)).getMessage());
    }

    @Test
    void readsEveryColumn() {
        Seed totp = seed(HEADER + TOTP);

        assertEquals(new SerialNumber("101199980021"), totp.serial());
        assertEquals(SECRET, totp.secret());
        TotpProfile profile = TotpProfile.of(HmacAlgorithm.SHA256, 8, Duration.ofSeconds(60));
        assertEquals(new SeedProfile.ForTotp(profile, 0, 0), totp.profile());
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), totp.startsAt());
        assertEquals(Instant.parse("2030-12-31T15:00:00Z"), totp.expiresAt());
        assertEquals(Map.of(SeedLabel.MANUFACTURER, "oath.AC", SeedLabel.MODEL, "M,1"), totp.labels());

        Seed hotp = seed(HEADER + HOTP);
        assertEquals(new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 6), 42), hotp.profile());
        assertNull(hotp.startsAt());
        assertNull(hotp.expiresAt());
        assertEquals(Map.of(), hotp.labels());
    }

    @Test
    void acceptsColumnsInAnyOrderAndCase() {
        Seed seed = seed("KIND; Counter ;digits;Secret_Base32;SERIAL\n".replace(';', ',') + "HOTP,42,6," + BASE32
                + ",10119998\r\n");
        assertEquals(seed(HEADER + HOTP), seed);
    }

    @Test
    void decodesTheSecretAsTheHeadingNames() {
        assertEquals(
                "secret_hex: A secret in hexadecimal has two digits of 0-9, a-f a byte, and nothing else",
                bad(with(HOTP, HEX, BASE32)).problem());
        List<SeedRecord> records =
                read(with(HEADER, "secret_hex", "secret_base32") + with(HOTP, HEX, "AAAA1111AAAA1111AAAA1111AAAA1111"));
        assertTrue(((SeedRecord.Bad) records.get(0))
                .bad()
                .problem()
                .startsWith("secret_base32: Base32 has the characters"));
        assertEquals(
                SECRET,
                seed(with(HEADER, "secret_hex", "secret_base32")
                                + with(HOTP, HEX, "gezd gnbv gy3t qojq gezd gnbv gy3t qojq"))
                        .secret());
        assertTrue(failure(with(HEADER, "secret_hex", "secret") + HOTP).contains("in column 2 (secret)"));
        assertTrue(failure(with(HEADER, "model", "secret_base32") + HOTP)
                .contains("has several columns with secrets; remove all but one of them"));
        assertTrue(failure("serial,kind,digits,counter\n1,HOTP,6,0\n")
                .contains("Missing columns: secret_hex or secret_base32 or secret_base64. Unknown headings: none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "101199980021,;12 34567,;serial;1;serial: serial number must be 1 to 64 printable ASCII characters without spaces",
                "101199980021,;,;serial;1;'serial: is missing; the record must have a value here'",
                "3132333435363738393031323334353637383930;313233;secret_hex;2;secret_hex: A secret has 16 to 256 bytes, not 3 (RFC 4226 §4, R6)",
                "3132333435363738393031323334353637383930;'';secret_hex;2;'secret_hex: is missing; the record must have a value here'",
                "TOTP;OCRA;kind;3;kind: must be TOTP or HOTP",
                "TOTP,8;TOTP,5;digits;4;digits: must be a whole number from 6 to 9",
                "TOTP,8;TOTP,10;digits;4;digits: must be a whole number from 6 to 9",
                "TOTP,8;TOTP,;digits;4;'digits: is missing; the record must have a value here'",
                ",60,;,,;step;5;'step: is missing; the record must have a value here'",
                ",60,;,0,;step;5;step: must be a whole number from 1 to 3600",
                ",60,;,3601,;step;5;step: must be a whole number from 1 to 3600",
                "SHA256;MD5;algorithm;6;algorithm: must be HMAC-SHA1, HMAC-SHA256 or HMAC-SHA512",
                "SHA256,;SHA256,5;counter;7;counter: must be empty, because it has no meaning for TOTP",
                "2026-01-01T00:00:00Z;2031-01-01T00:00:00Z;expiry;9;'expiry: must be later than start; correct one of the two dates'",
                "2031-01-01T00:00:00+09:00;2026-01-01T00:00:00Z;expiry;9;'expiry: must be later than start; correct one of the two dates'",
                "oath.AC;a\u0001b;manufacturer;10;manufacturer: must have at most 256 characters and no control characters"
            })
    void reportsABadRecordWithItsLineAndColumn(
            String part, String replacement, String column, int index, String problem) {
        BadRecord bad = bad(with(TOTP, part, replacement));

        assertEquals(problem, bad.problem());
        assertEquals(column, bad.place().path());
        assertEquals(index, bad.place().column());
        assertEquals(2, bad.place().line());
        assertEquals(1, bad.place().index());
    }

    @Test
    void rejectsADateWithoutAnOffset() {
        for (String date : List.of("2031-01-01", "2031-01-01T00:00:00", "01/01/2031")) {
            assertTrue(bad(with(TOTP, "2031-01-01T00:00:00+09:00", date))
                    .problem()
                    .startsWith("expiry: must be a date and time with its offset"));
            assertTrue(bad(with(TOTP, "2026-01-01T00:00:00Z", date))
                    .problem()
                    .startsWith("start: must be a date and time with its offset"));
        }
    }

    @Test
    void requiresACounterAndNoStepForHotp() {
        assertEquals(
                "counter: is missing; the record must have a value here",
                bad(with(HOTP, ",42,", ",,")).problem());
        assertEquals(
                "step: must be empty, because it has no meaning for HOTP",
                bad(with(HOTP, ",6,,", ",6,30,")).problem());
        assertTrue(bad(with(HOTP, ",42,", ",-1,")).problem().startsWith("counter: must be a whole number from 0"));
        assertEquals(
                "counter: is missing; the record must have a value here",
                ((SeedRecord.Bad) read("serial,secret_hex,kind,digits\n10119998," + HEX + ",HOTP,6\n")
                                .get(0))
                        .bad()
                        .problem());
        assertEquals(
                0,
                ((SeedRecord.Bad) read("serial,secret_hex,kind,digits\n10119998," + HEX + ",HOTP,6\n")
                                .get(0))
                        .place()
                        .column());
    }

    @Test
    void reportsEveryBadRecordBetweenGoodOnes() {
        List<SeedRecord> records =
                read(HEADER + TOTP + "x " + TOTP + "\n" + HOTP + "a,b\n" + TOTP.replace("\n", ",more\n") + HOTP);

        assertEquals(
                List.of(true, false, true, false, false, true),
                records.stream().map(SeedRecord.Good.class::isInstance).toList());
        assertEquals(new Place(2, null, 3, 1, "serial"), records.get(1).place());
        assertEquals(
                "The record has 2 fields, but the header has 11; add or remove fields (record 4, line 6)",
                ((SeedRecord.Bad) records.get(3)).bad().toString());
        assertEquals(
                "The record has 12 fields, but the header has 11; add or remove fields (record 5, line 7)",
                ((SeedRecord.Bad) records.get(4)).bad().toString());
        assertEquals(new Place(6, "10119998", 8, 0, ""), records.get(5).place());
    }

    /** An unknown column might be a misspelt restriction. */
    @Test
    void rejectsAnUnknownColumnUnlessTheFormatIgnoresIt() {
        String csv = with(HEADER, "model", "box ") + HOTP;
        assertTrue(failure(csv).contains("Unknown headings: in column 11 (box)"));
        TextLayout format = TextLayout.DEFAULT.withIgnored(Set.of("box"));
        assertEquals(1, all(CsvSeedReader.open(stream(csv), format)).size());
    }

    @Test
    void requiresEachNecessaryColumnOnce() {
        for (String name : List.of("serial", "kind", "digits")) {
            assertTrue(failure(with(HEADER, name + ",", "") + HOTP).contains("Missing columns: " + name + ". Unknown"));
        }
        assertTrue(failure(with(HEADER, "model", "Serial") + HOTP).contains("has two columns serial"));
        assertTrue(failure("").contains("is empty"));
        assertTrue(failure(HEADER).contains("has no records"));
    }

    @Test
    void acceptsTheSeparatorOfItsFormat() {
        for (char separator : ";\t|".toCharArray()) {
            TextLayout format = TextLayout.DEFAULT.withSeparator(separator);
            assertEquals(
                    seed(HEADER + HOTP),
                    ((SeedRecord.Good) all(CsvSeedReader.open(stream((HEADER + HOTP).replace(',', separator)), format))
                                    .get(0))
                            .seed());
        }
        assertThrows(IllegalArgumentException.class, () -> TextLayout.DEFAULT.withSeparator('"'));
        assertThrows(IllegalArgumentException.class, () -> TextLayout.DEFAULT.withSeparator(' '));
    }

    @Test
    void rejectsMalformedUtf8AndSkipsAByteOrderMark() {
        assertEquals(seed(HEADER + HOTP), seed("\uFEFF" + HEADER + HOTP));
        byte[] latin = (HEADER + with(TOTP, "oath.AC", "é")).getBytes(StandardCharsets.ISO_8859_1);
        SeedFileException e = assertThrows(
                SeedFileException.class,
                () -> all(CsvSeedReader.open(new ByteArrayInputStream(latin), TextLayout.DEFAULT)));
        assertTrue(String.valueOf(e.getMessage()).contains("is not valid UTF-8; convert it to UTF-8, or state"));
        assertEquals("é", seed(HEADER + with(TOTP, "oath.AC", "é")).labels().get(SeedLabel.MANUFACTURER));
        SeedFileException first = assertThrows(
                SeedFileException.class,
                () -> all(CsvSeedReader.open(new ByteArrayInputStream(new byte[] {(byte) 0xFF}), TextLayout.DEFAULT)));
        assertTrue(String.valueOf(first.getMessage()).contains("is not valid UTF-8; convert it to UTF-8, or state"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"a\"b,\n"})
    void rejectsMalformedQuotes(String end) {
        assertTrue(failure(HEADER + TOTP + end).contains("is not CSV"), failure(HEADER + TOTP + end));
    }

    @Test
    void boundsFieldsAndRecords() {
        assertTrue(failure(HEADER + with(TOTP, "oath.AC", "x".repeat(1025)))
                .contains("is not CSV (RFC 4180), or has a field of more than 1024"));
        assertTrue(bad(with(TOTP, "oath.AC", "x".repeat(1024))).problem().startsWith("manufacturer: must have"));
        assertTrue(failure(HEADER + TOTP + ",".repeat(64) + "\n").contains("more than 64 fields"));
        assertTrue(bad(TOTP.replace("\n", ",".repeat(53) + "\n")).problem().contains("has 64 fields"));
        assertTrue(failure(HEADER + TOTP + ("," + "x".repeat(1000)).repeat(9) + "\n")
                .contains("is not CSV"));
        assertTrue(failure(HEADER + "\"" + "x".repeat(100_000)).contains("is not CSV"));
        assertTrue(failure(HEADER + "\n".repeat(300_000)).contains("The seed file"));
    }

    @Test
    void boundsTheFileAndTheNumberOfRecords() {
        String two = HEADER + TOTP + HOTP;
        assertEquals(
                2,
                all(CsvSeedReader.open(
                                stream(two),
                                TextLayout.DEFAULT,
                                SeedLimits.DEFAULT
                                        .withMaxBytes(two.length())
                                        .withMaxSignedBytes(1)
                                        .withMaxRecords(2)
                                        .withMaxIterations(1)))
                        .size());
        SeedReader reader = CsvSeedReader.open(
                stream(two),
                TextLayout.DEFAULT,
                SeedLimits.DEFAULT
                        .withMaxBytes(two.length())
                        .withMaxSignedBytes(1)
                        .withMaxRecords(1)
                        .withMaxIterations(1));
        assertTrue(reader.next() instanceof SeedRecord.Good);
        SeedFileException e = assertThrows(SeedFileException.class, reader::next);
        assertTrue(String.valueOf(e.getMessage()).contains("more than 1 records"));
        assertTrue(String.valueOf(e.getMessage()).contains("line 3"));
        SeedReader shorter = CsvSeedReader.open(
                stream(two),
                TextLayout.DEFAULT,
                SeedLimits.DEFAULT
                        .withMaxBytes(two.length() - 1)
                        .withMaxSignedBytes(1)
                        .withMaxRecords(9)
                        .withMaxIterations(1));
        assertTrue(String.valueOf(
                        assertThrows(SeedFileException.class, shorter::hasNext).getMessage())
                .contains("longer than"));
    }

    @Test
    void readsAFileLongerThanOnePiece() {
        assertEquals(10_000, read(HEADER + HOTP.repeat(10_000)).size());
    }

    @Test
    void showsNoSecret() {
        assertFalse(bad(with(HOTP, HEX, HEX + "0")).toString().contains("3132"));
        assertFalse(read(HEADER + HOTP).toString().contains("3132"));
    }
}
