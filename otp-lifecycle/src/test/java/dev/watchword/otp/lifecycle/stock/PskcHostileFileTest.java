package dev.watchword.otp.lifecycle.stock;

import static dev.watchword.otp.lifecycle.stock.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.all;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.good;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.SeedFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are none, or that attack whoever reads them. */
@Tag("R5.1")
class PskcHostileFileTest {
    private static final SeedLimits DEFAULT = SeedLimits.DEFAULT;

    @Test
    void externalEntitiesAreNotExpanded(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=");
        String doctype = "<!DOCTYPE KeyContainer [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";

        String message = failure(doctype + with(TOTP, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "&x;"));

        assertTrue(message.contains("a document type"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE KeyContainer>",
                "<!DOCTYPE KeyContainer SYSTEM \"http://localhost:1/x.dtd\">",
                "<!DOCTYPE KeyContainer [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>",
                "<!DOCTYPE KeyContainer [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
                "<!DOCTYPE KeyContainer [<!ATTLIST ResponseFormat Length CDATA \"6\">]>"
            })
    void aDocumentTypeIsRefused(String doctype) {
        assertTrue(failure(doctype + TOTP).contains("a document type"));
    }

    @Test
    void entitiesThatAreNotDeclaredAreRefusedAndXmlsOwnAreRead() {
        assertTrue(failure(with(TOTP, "The issuer", "&x;")).contains("The seed file"));
        assertEquals(
                "A & B", good(with(TOTP, "The issuer", "A &amp; B")).labels().get(SeedLabel.ISSUER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<", "no xml", "<KeyContainer", "\u0000"})
    void whatIsNotXmlIsRefused(String text) {
        assertTrue(failure(text).contains("not well-formed XML"), failure(text));
    }

    @Test
    void aFileThatIsCutIsRefusedWhereverItIsCut() {
        String whole = TOTP.strip();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertTrue(failure(cut).contains("not well-formed XML"), () -> failure(cut));
        }
        assertTrue(failure(TOTP + "<more/>").contains("not well-formed XML"));
        assertTrue(failure(TOTP + "more").contains("not well-formed XML"));
    }

    @Test
    void aFailureSaysWhere() {
        assertEquals(
                "The seed file is not well-formed XML, or has more than 32 attributes in one tag (line 13, column 33,"
                        + " KeyContainer/KeyPackage/CryptoModuleInfo/Id)",
                failure(with(TOTP, "</Id>", "</Idd>")));
    }

    @Test
    void malformedUtf8IsRefused() {
        byte[] latin = with(TOTP, "The issuer", "é").getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(
                SeedFileException.class, () -> all(PskcReader.open(new ByteArrayInputStream(latin), PskcKey.none())));
        byte[] halved = "\uFEFF<a".getBytes(StandardCharsets.UTF_16BE);
        assertThrows(
                SeedFileException.class,
                () -> all(PskcReader.open(new ByteArrayInputStream(halved, 0, 5), PskcKey.none())));
    }

    @Test
    void utf8And16AreReadWithAndWithoutAByteOrderMark() {
        String japanese = with(TOTP, "The issuer", "発行者");
        for (byte[] file : List.of(
                japanese.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + japanese).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" + japanese).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + japanese).getBytes(StandardCharsets.UTF_16BE),
                ("\uFEFF" + japanese).getBytes(StandardCharsets.UTF_16LE))) {
            SeedRecord record = all(PskcReader.open(new ByteArrayInputStream(file), PskcKey.none()))
                    .get(0);
            assertEquals("発行者", ((SeedRecord.Good) record).seed().labels().get(SeedLabel.ISSUER));
        }
    }

    @Test
    void anotherEncodingIsRefusedAndNotMisread() {
        assertTrue(
                failure("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>" + TOTP).contains("another encoding"));
        assertEquals(
                good(TOTP),
                good("<?xml version=\"1.0\" encoding=\"us-ascii\"?>" + TOTP.replaceFirst("<Friend.*ja.*\n", "")));
    }

    @Test
    void anotherKindOfFileIsRefused() {
        assertTrue(failure("<KeyContainer Version=\"1.0\"/>").contains("which begins with KeyContainer"));
        assertTrue(failure(with(TOTP, ":pskc\">", ":pskc:1.0\">")).contains("which begins with KeyContainer"));
        assertTrue(failure(TOTP.replace("KeyContainer", "Keys")).contains("which begins with KeyContainer"));
        for (String version :
                new String[] {"Version=\"2.0\"", "Version=\"1\"", "Version=\"11.0\"", "Version=\"1.0000\"", ""}) {
            assertTrue(failure(with(TOTP, "Version=\"1.0\"", version)).contains("Version of the file must be 1.0"));
        }
        assertEquals(good(TOTP), good(with(TOTP, "Version=\"1.0\"", "Version=\"1.12\"")));
    }

    @Test
    void aFileWithoutKeysIsRefused() {
        assertTrue(
                failure(TOTP.replaceAll("(?s)<KeyPackage>.*</KeyPackage>", "")).contains("has no KeyPackage"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Polcy/>", "<EncryptionKey/>", "<MACMethod/>", "<Key/>", "<KeyPackage xmlns=\"\"/>"})
    void whatIsUnknownOrTooLateBesideTheKeyPackagesIsRefused(String element) {
        String message = failure(with(TOTP, "</KeyContainer>", element + "</KeyContainer>"));
        assertTrue(message.contains("is unknown here, stands twice, or too late (record 1, line 39"), message);
    }

    @Test
    void textBesideTheKeyPackagesIsRefused() {
        assertTrue(failure(with(TOTP, "<KeyPackage>", "x<KeyPackage>")).contains("text between its elements"));
        assertEquals(good(TOTP), good(with(TOTP, "<KeyPackage>", "<!-- c --><?p i?>\n<KeyPackage>")));
    }

    @Test
    void depthIsBounded() {
        assertEquals(good(TOTP), good(deep(14)));
        assertTrue(failure(deep(15)).contains("elements more than 16 deep"));
        assertTrue(failure(deep(1_000_000)).contains("elements more than 16 deep"));
    }

    private static String deep(int levels) {
        return with(
                TOTP,
                "</KeyPackage>",
                "<x:a xmlns:x=\"urn:x\">" + "<a>".repeat(levels - 1) + "</a>".repeat(levels - 1)
                        + "</x:a></KeyPackage>");
    }

    @Test
    void theNumberOfElementsIsBounded() {
        String many = "<Extensions>" + "<a/>".repeat(600) + "</Extensions></Key>";
        assertTrue(failure(with(TOTP, "</Key>", many)).contains("more than 500 in one"));
        int own = TOTP.split("<\\w").length - 2;
        assertEquals(
                good(TOTP),
                good(with(TOTP, "</Key>", "<Extensions>" + "<a/>".repeat(499 - own) + "</Extensions></Key>")));
        assertTrue(failure(with(TOTP, "</Key>", "<Extensions>" + "<a/>".repeat(500 - own) + "</Extensions></Key>"))
                .contains("500"));
    }

    @Test
    void theNumberOfAttributesIsBounded() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 31; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        assertEquals(good(TOTP), good(with(TOTP, "<Issuer>", "<Issuer" + attributes + ">")));
        assertTrue(failure(with(TOTP, "<Issuer>", "<Issuer" + attributes + " b=\"\" c=\"\">"))
                .contains("32 attributes"));
    }

    @Test
    void textIsBounded() {
        assertTrue(
                failure(with(TOTP, "The issuer", "x".repeat(1 << 16))).contains("characters of text in one element"));
        assertTrue(failure(with(TOTP, "The issuer", "<![CDATA[" + "x".repeat(1 << 16) + "]]>"))
                .contains("characters of text"));
        assertTrue(failure(with(TOTP, "<Issuer>", "<Issuer a=\"" + "x".repeat(1 << 16) + "\">"))
                .contains("characters of text"));
        assertTrue(SeedFiles.bad(with(TOTP, "The issuer", "x".repeat(1 << 15)))
                .problem()
                .startsWith("ISSUER"));
    }

    @Test
    void aPieceThatTheParserWouldHoldIsBounded() {
        String huge = "x".repeat(BoundedStream.MAX_PIECE + 20_000);
        for (String piece :
                new String[] {"<!--" + huge + "-->", "<?p " + huge + "?>", "<x:a xmlns:x=\"u\" a=\"" + huge + "\"/>"}) {
            String message = failure(with(TOTP, "<KeyPackage>", piece + "<KeyPackage>"));
            assertTrue(message.contains("more than 262144 bytes"), message);
        }
    }

    @Test
    void namesAreBounded() {
        assertTrue(failure(with(TOTP, "<KeyPackage>", "<" + "x".repeat(2000) + "/><KeyPackage>"))
                .contains("not well-formed"));
    }

    @Test
    void theLengthOfTheFileIsBounded() {
        int length = TOTP.getBytes(StandardCharsets.UTF_8).length;
        SeedLimits exact = new SeedLimits(length, 1, 1, 1);
        assertEquals(
                1, all(PskcReader.open(stream(TOTP), PskcKey.none(), exact)).size());
        SeedLimits less = new SeedLimits(length - 1, 1, 1, 1);
        SeedFileException e =
                assertThrows(SeedFileException.class, () -> all(PskcReader.open(stream(TOTP), PskcKey.none(), less)));
        assertTrue(String.valueOf(e.getMessage()).contains("longer than " + (length - 1) + " bytes"));
    }

    @Test
    void theNumberOfRecordsIsBounded() {
        String two = TOTP.replaceAll("(?s)(<KeyPackage>.*</KeyPackage>)", "$1$1");
        assertEquals(
                2,
                all(PskcReader.open(stream(two), PskcKey.none(), new SeedLimits(9999, 1, 2, 1)))
                        .size());
        SeedReader reader = PskcReader.open(stream(two), PskcKey.none(), new SeedLimits(9999, 1, 1, 1));
        assertTrue(reader.next() instanceof SeedRecord.Good);
        SeedFileException e = assertThrows(SeedFileException.class, reader::next);
        assertTrue(String.valueOf(e.getMessage()).contains("more than 1 records"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("(record 2, line "), e.getMessage());
    }

    @Test
    void aStreamThatFailsIsAFailureWithItsCause() {
        IOException broken = new IOException("broken");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw broken;
            }

            @Override
            public void close() throws IOException {
                throw broken;
            }
        };
        SeedReader reader = PskcReader.open(failing, PskcKey.none());
        SeedFileException e = assertThrows(SeedFileException.class, reader::hasNext);
        assertSame(broken, e.getCause());
        assertSame(broken, assertThrows(SeedFileException.class, reader::close).getCause());
    }

    /** What a parser says may quote the file. */
    @Test
    void aFailureShowsNothingOfTheFileButNames() {
        SeedFileException e = assertThrows(
                SeedFileException.class,
                () -> SeedFiles.read(with(TOTP, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "MTIzNDU2&secret;"), PskcKey.none()));
        assertNull(e.getCause());
        assertFalse(String.valueOf(e.getMessage()).contains("secret"));
        assertEquals(1L << 30, DEFAULT.maxBytes());
    }
}
