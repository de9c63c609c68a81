package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A layout describes the text files of makers and programs. A file that does not fit is refused with what it has and lacks. */
@Tag("R5.1")
class TextLayoutTest {
    private static final String HEX = "3132333435363738393031323334353637383930";
    private static final String BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final SeedProfile HOTP = new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 6), 0);
    private static final SeedProfile TOTP = new SeedProfile.ForTotp(TotpProfile.AUTHENTICATOR_APP, 0, 0);

    private static List<SeedRecord> read(TextLayout layout, String text) {
        return all(CsvSeedReader.open(stream(text), layout));
    }

    private static Seed seed(TextLayout layout, String text) {
        List<SeedRecord> records = read(layout, text);
        assertEquals(1, records.size(), records::toString);
        return assertInstanceOf(SeedRecord.Good.class, records.get(0)).seed();
    }

    private static String problem(TextLayout layout, String text) {
        return assertInstanceOf(SeedRecord.Bad.class, read(layout, text).get(0))
                .bad()
                .problem();
    }

    private static String failure(TextLayout layout, String text) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(layout, text)).getMessage());
    }

    private static Seed.Builder expected(String serial, SeedProfile profile) {
        return Seed.builder().serial(new SerialNumber(serial)).secret(SECRET).profile(profile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serial number,secret key,time interval,manufacturer,model\n77,SECRET,60,Maker,Model/1\n",
                "upn,serial number,secret key,time interval,manufacturer,model\na@b.example,77,SECRET,60,Maker,Model/1\n",
                "UPN,SerialNumber,Secret Key,Time\u00A0Interval,Manufacturer, Model \r\n,77,SECRET,60,Maker,Model/1\r\n"
            })
    void readsTheFileOfEntra(String file) {
        String text = file.replace("SECRET", BASE32).replace("\u00A0", " ");

        assertEquals(
                expected(
                                "77",
                                new SeedProfile.ForTotp(
                                        TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(60)), 0, 0))
                        .labels(Map.of(SeedLabel.MANUFACTURER, "Maker", SeedLabel.MODEL, "Model/1"))
                        .build(),
                seed(TextLayouts.ENTRA, text));
    }

    @Test
    @Tag("R12.4")
    void readsTheHoldersOfEntra() {
        TextLayout layout = TextLayouts.ENTRA_HOLDERS.toBuilder()
                .constant(TextColumn.EXPIRY, "2031-01-01T00:00:00Z")
                .build();
        String file = "upn,serial number,secret key,time interval,manufacturer,model\na@b.example,77," + BASE32
                + ",30,Maker,Model\n";
        try (CsvTokenReader reader = CsvTokenReader.open(stream(file), layout)) {
            assertEquals(
                    ForeignToken.builder()
                            .holder(new Holder("a@b.example"))
                            .kind(TokenKind.HARDWARE)
                            .serial(new SerialNumber("77"))
                            .secret(SECRET)
                            .profile(TotpProfile.AUTHENTICATOR_APP)
                            .expiresAt(Instant.parse("2031-01-01T00:00:00Z"))
                            .build(),
                    ((TokenRecord.Good) reader.next()).token());
        }
    }

    @Test
    void readsLinesOfSerialNumberAndSecret() {
        assertEquals(expected("2600000000017", TOTP).build(), seed(TextLayouts.SERIAL_HEX, "2600000000017," + HEX));
        TextLayout stated = TextLayouts.SERIAL_HEX.toBuilder()
                .constant(TextColumn.KIND, "HOTP")
                .constant(TextColumn.COUNTER, "7")
                .constant(TextColumn.DIGITS, "8")
                .constant(TextColumn.ALGORITHM, "SHA256")
                .constant(TextColumn.MANUFACTURER, "Maker")
                .constant(TextColumn.EXPIRY, "2031-01-01T00:00:00Z")
                .build();
        assertEquals(
                expected("77", new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA256, 8), 7))
                        .expiresAt(Instant.parse("2031-01-01T00:00:00Z"))
                        .labels(Map.of(SeedLabel.MANUFACTURER, "Maker"))
                        .build(),
                seed(stated, "77," + HEX + "\n"));
        assertEquals(
                "The record has 3 fields, but the layout has 2; add or remove fields",
                problem(TextLayouts.SERIAL_HEX, "77," + HEX + ",x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "77,HEX; HOTP 6 0",
                "77, HEX, hotp; HOTP 6 0",
                "77,HEX,HOTP,8,42; HOTP 8 42",
                "77,HEX,totp; TOTP 6 30",
                "77,HEX,TOTP,8,60; TOTP 8 60",
                "77,HEX,TOTP,,; TOTP 6 30"
            })
    void readsTheOathCsvOfPrivacyIdeaAndLinOtp(String line, String expected) {
        String[] parts = expected.split(" ", -1);
        int digits = Integer.parseInt(parts[1]);
        int factor = Integer.parseInt(parts[2]);
        SeedProfile profile = parts[0].equals("HOTP")
                ? new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, digits), factor)
                : new SeedProfile.ForTotp(TotpProfile.of(HmacAlgorithm.SHA1, digits, Duration.ofSeconds(factor)), 0, 0);
        String file = "# tokens of the first delivery\n\n" + line.replace("HEX", HEX) + "\n,,\n# end\n";

        assertEquals(expected("77", profile).build(), seed(TextLayouts.OATH_CSV, file));
        assertEquals(
                "kind: must be TOTP or HOTP",
                problem(TextLayouts.OATH_CSV, "77," + HEX + ",ocra,OCRA-1:HOTP-SHA1-6:QN08"));
    }

    @Test
    void readsBothFormatsOfYubico() {
        String traditional = "OATH-HOTP,24.11.26 18:55,1,cccccccccccd,," + HEX + ",,,0,0,0,6,0,0,0,0,0,0\n";
        assertEquals(expected("cccccccccccd", HOTP).build(), seed(TextLayouts.YUBICO_TRADITIONAL, traditional));
        assertEquals(
                "Field 1 must be OATH-HOTP in this layout: the record is of another kind",
                problem(
                        TextLayouts.YUBICO_TRADITIONAL,
                        "Yubico OTP,24.11.26 18:55,1,cccccccccccd,0102030405ab,000102030405060708090a0b0c0d0e0f,,,"
                                + "0,0,0,0,0,0,0,0,0,0\n"));

        String yubico = "# OATH mode\n508326,,0," + HEX + ",,2026-11-24T08:41:07,\n";
        assertEquals(expected("508326", HOTP).build(), seed(TextLayouts.YUBICO, yubico));
        for (String own : List.of(
                "508326,cccccccccccc,83cebdfb7b93,a47c5bf9c152202f577be6721c0113af,,2026-11-24T08:43:17,",
                "508326,,,9e2fd386224a7f77e9b5aee775464033,,2026-11-24T08:44:34,",
                "508326,,16," + HEX + ",,2026-11-24T08:44:34,")) {
            assertTrue(problem(TextLayouts.YUBICO, own).contains("the record is of another kind"));
        }
    }

    @Test
    void readsSecretsInBase64BetweenColons() {
        assertEquals(
                expected("77", new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 6), 12))
                        .build(),
                seed(TextLayouts.SERIAL_BASE64_COUNTER, "77:MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=:12\n"));
        assertEquals(
                "secret_base64: must be Base64 with padding (RFC 4648 §4)",
                problem(TextLayouts.SERIAL_BASE64_COUNTER, "77:MTIzNDU2Nzg5MDEyMzQ1Njc4OTA:12\n"));
        assertTrue(
                problem(TextLayouts.SERIAL_BASE64_COUNTER, "77:MTIzNA==:12\n").contains("16 to 256 bytes, not 4"));
    }

    @Test
    void findsAHeadingByAnyOfItsNames() {
        TextLayout layout = TextLayout.builder()
                .column(TextColumn.SERIAL, "S/N", "Token Serial")
                .column(TextColumn.SECRET_HEX, "Seed")
                .ignored("Box No")
                .constant(TextColumn.KIND, "HOTP")
                .constant(TextColumn.DIGITS, "6")
                .constant(TextColumn.COUNTER, "0")
                .separator(';')
                .build();

        for (String header : List.of("s/n;seed;BOX NO", "token serial;SEED;box no", "TokenSerial;Seed;BoxNo")) {
            assertEquals(expected("77", HOTP).build(), seed(layout, header + "\n77;" + HEX + ";1\n"));
        }
        assertTrue(failure(layout, "s/n;token serial;seed\n77;77;" + HEX + "\n")
                .contains("has two columns S/N or Token Serial"));
    }

    @Test
    void namesTheColumnsThatWereFoundAndTheOnesThatAreMissing() {
        assertTrue(failure(TextLayouts.ENTRA, "Serial Number,Secret,Time Interval,Box7\n77," + BASE32 + ",30,1\n")
                .contains(
                        "does not fit the layout. Found columns: serial number, time interval. Missing columns: secret"
                                + " key. Unknown headings: in column 2 (Secret), in column 4. Correct the headings, or describe"
                                + " them in a TextLayout"));
    }

    /** A file without headings begins with a secret, which must not be taken for a heading that can be shown. */
    @Test
    @Tag("R10.2")
    void showsNoSecretOfAFileWithoutHeadings() {
        for (String line :
                List.of("77," + HEX, "77,ABCDEFGHIJKLMNOPQRSTUVWX", "serial,ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF")) {
            String message = failure(TextLayout.DEFAULT, line + "\n" + line + "\n");
            assertTrue(message.contains("does not fit the layout. Found columns: "), message);
            assertFalse(message.contains("ABCDE"), message);
            assertFalse(message.contains("3132"), message);
        }
    }

    @Test
    void namesTheColumnsThatALayoutLacks() {
        TextLayout layout = TextLayout.builder()
                .column(TextColumn.SERIAL, 1)
                .column(TextColumn.SECRET_HEX, 2)
                .build();

        assertTrue(failure(layout, "77," + HEX + "\n").contains("which lacks the columns kind, digits; add them"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "sep=;\r"})
    void takesTheSeparatorOfTheFirstLine(String line) {
        Seed expected = expected("77", TOTP).build();

        assertEquals(expected, seed(TextLayouts.SERIAL_HEX, line + "77;" + HEX + "\n"));
        assertEquals(expected, seed(TextLayouts.SERIAL_HEX, "\uFEFF" + line + "77;" + HEX + "\n"));
        SeedRecord bad = read(TextLayouts.SERIAL_HEX, line + "77;00\n").get(0);
        assertEquals(2, bad.place().line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=x\n", "sep=\"\n", "sep= \n"})
    void rejectsASeparatorThatCannotSeparate(String line) {
        assertTrue(failure(TextLayouts.SERIAL_HEX, line + "77;" + HEX + "\n").contains("cannot separate fields"));
    }

    @Test
    void rejectsTheCommentCharacterAsSeparator() {
        assertTrue(failure(TextLayouts.OATH_CSV, "sep=#\n77#" + HEX + "\n").contains("comment character"));
        assertEquals(expected("77", TOTP).build(), seed(TextLayouts.SERIAL_HEX.withSeparator('#'), "77#" + HEX + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "sep", "sep=", "sep=;", "sep=;;", "77", "\n", ",\n,\n", "   \n"})
    void rejectsAFileWithoutRecords(String text) {
        for (TextLayout layout : List.of(TextLayouts.ENTRA, TextLayouts.SERIAL_HEX, TextLayouts.OATH_CSV)) {
            try {
                read(layout, text).forEach(record -> assertInstanceOf(SeedRecord.Bad.class, record));
            } catch (SeedFileException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("The seed file "), e::getMessage);
            }
        }
    }

    @Test
    void skipsBlankAndSeparatorOnlyLines() {
        String text =
                "\n  \n,,\n\t,\t,\nserial,secret_hex,kind,digits,counter\n,,,,\n\n77," + HEX + ",HOTP,6,0\n,,,,\n";

        assertEquals(expected("77", HOTP).build(), seed(TextLayout.DEFAULT, text));
        assertEquals(
                8,
                read(TextLayout.DEFAULT, text.replace(HEX, "00")).get(0).place().line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void readsTheEncodingOfTheLayout(String name) {
        Charset charset = Charset.forName(name);
        TextLayout layout = TextLayouts.SERIAL_HEX.toBuilder().charset(charset).build();
        for (String mark : List.of("", "\uFEFF")) {
            byte[] bytes = (mark + "77," + HEX + "\n").getBytes(charset);
            List<SeedRecord> records = all(CsvSeedReader.open(new ByteArrayInputStream(bytes), layout));
            assertEquals(expected("77", TOTP).build(), ((SeedRecord.Good) records.get(0)).seed());
        }
        byte[] odd = {(byte) (charset.equals(StandardCharsets.UTF_8) ? 0xFF : '7')};
        assertThrows(SeedFileException.class, () -> all(CsvSeedReader.open(new ByteArrayInputStream(odd), layout)));
    }

    @Test
    void boundsWhatIsSkipped() {
        for (String filler : List.of("\n", ",\n", "# comment\n", " \n")) {
            String endless = filler.repeat(1_000_000 / filler.length()) + "77," + HEX + "\n";
            SeedReader reader =
                    CsvSeedReader.open(stream(endless), TextLayouts.OATH_CSV, SeedLimits.DEFAULT.withMaxBytes(500_000));
            assertThrows(SeedFileException.class, reader::hasNext);
        }
        assertThrows(SeedFileException.class, () -> read(TextLayouts.OATH_CSV, "# " + "x".repeat(300_000)));
    }

    @Test
    void rejectsAMalformedLayout() {
        TextLayout.Builder builder = TextLayout.builder();

        assertThrows(IllegalArgumentException.class, builder::build);
        assertThrows(IllegalArgumentException.class, () -> builder.column(TextColumn.SERIAL, 0));
        assertThrows(IllegalArgumentException.class, () -> builder.column(TextColumn.SERIAL, 65));
        assertThrows(IllegalArgumentException.class, () -> builder.fields(3, 2));
        assertThrows(IllegalArgumentException.class, () -> builder.charset(StandardCharsets.ISO_8859_1));
        assertThrows(IllegalArgumentException.class, () -> builder.constant(TextColumn.SECRET_HEX, HEX));
        assertThrows(IllegalArgumentException.class, () -> builder.constant(TextColumn.SERIAL, "1"));
        for (char c : "a1 \"\n\r\u0000é".toCharArray()) {
            assertThrows(IllegalArgumentException.class, () -> builder.separator(c));
            assertThrows(IllegalArgumentException.class, () -> builder.comment(c));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> TextLayout.builder().column(TextColumn.SERIAL, "a").column(TextColumn.MODEL, "A "));
        assertThrows(
                IllegalArgumentException.class,
                () -> TextLayout.builder()
                        .column(TextColumn.SERIAL, "a")
                        .column(TextColumn.MODEL, 1)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> TextLayout.builder()
                        .column(TextColumn.SERIAL, 5)
                        .fields(1, 4)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> TextLayout.builder()
                        .column(TextColumn.SERIAL, "a")
                        .fields(1, 4)
                        .build());
        assertThrows(IllegalArgumentException.class, () -> TextLayouts.OATH_CSV.withSeparator('#'));
    }

    @Test
    void layoutsAreValues() {
        List<TextLayout> different = List.of(
                TextLayout.DEFAULT,
                TextLayouts.ENTRA,
                TextLayouts.ENTRA_HOLDERS,
                TextLayouts.SERIAL_HEX,
                TextLayouts.OATH_CSV,
                TextLayouts.YUBICO,
                TextLayouts.YUBICO_TRADITIONAL,
                TextLayouts.SERIAL_BASE64_COUNTER,
                TextLayouts.SERIAL_HEX.withSeparator(';'),
                TextLayouts.SERIAL_HEX.toBuilder().comment('#').build(),
                TextLayouts.SERIAL_HEX.toBuilder()
                        .charset(StandardCharsets.UTF_16)
                        .build(),
                TextLayouts.SERIAL_HEX.toBuilder()
                        .constant(TextColumn.DIGITS, "8")
                        .build(),
                TextLayouts.SERIAL_HEX.toBuilder().fields(2, 3).build(),
                TextLayouts.SERIAL_HEX.toBuilder().expected(1, "77").build());
        for (TextLayout each : different) {
            TextLayout copy = each.toBuilder().build();
            assertEquals(each, copy);
            assertEquals(each.hashCode(), copy.hashCode());
            assertEquals(1, different.stream().filter(each::equals).count(), each::toString);
        }
        assertEquals(TextLayout.DEFAULT, TextLayout.DEFAULT.withSeparator(';').withSeparator(','));
    }

    @Test
    void readsTheSecretOfEachEncoding() {
        for (String secret : List.of(
                "secret_hex," + HEX,
                "secret_base32," + BASE32.toLowerCase(java.util.Locale.ROOT),
                "secret_base64,MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=")) {
            String[] parts = secret.split(",", -1);
            OtpSecret read = seed(
                            TextLayout.DEFAULT,
                            "serial," + parts[0] + ",kind,digits,step_or_counter\n77," + parts[1] + ",HOTP,6,0\n")
                    .secret();
            assertEquals(SECRET, read);
        }
    }
}
