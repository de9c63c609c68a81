package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
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

/** The reader rejects a malformed or hostile file as a whole. */
@Tag("R5.1")
class PskcHostileFileTest {
    private static final SeedLimits DEFAULT = SeedLimits.DEFAULT;

    @Test
    void doesNotExpandExternalEntities(@TempDir Path directory) throws IOException {
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
    void rejectsADocumentType(String doctype) {
        assertTrue(failure(doctype + TOTP).contains("a document type"));
    }

    @Test
    void acceptsOnlyTheEntitiesOfXml() {
        assertTrue(failure(with(TOTP, "The issuer", "&x;")).contains("The seed file"));
        assertEquals(
                "A & B", good(with(TOTP, "The issuer", "A &amp; B")).labels().get(SeedLabel.ISSUER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<", "no xml", "<KeyContainer", "\u0000"})
    void rejectsTextThatIsNotXml(String text) {
        assertTrue(failure(text).contains("not well-formed XML"), failure(text));
    }

    @Test
    void rejectsATruncatedFileAtEveryLength() {
        String whole = TOTP.strip();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertTrue(failure(cut).contains("not well-formed XML"), () -> failure(cut));
        }
        assertTrue(failure(TOTP + "<more/>").contains("not well-formed XML"));
        assertTrue(failure(TOTP + "more").contains("not well-formed XML"));
    }

    @Test
    void reportsThePositionOfAFailure() {
        assertEquals(
                "The seed file is not well-formed XML, or has more than 32 attributes in one tag; check that it is complete (line 13, column 33,"
                        + " KeyContainer/KeyPackage/CryptoModuleInfo/Id)",
                failure(with(TOTP, "</Id>", "</Idd>")));
    }

    @Test
    void rejectsMalformedBytes() {
        byte[] latin = with(TOTP, "The issuer", "é").getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(
                SeedFileException.class, () -> all(PskcReader.open(new ByteArrayInputStream(latin), PskcKey.none())));
        byte[] halved = "\uFEFF<a".getBytes(StandardCharsets.UTF_16BE);
        assertThrows(
                SeedFileException.class,
                () -> all(PskcReader.open(new ByteArrayInputStream(halved, 0, 5), PskcKey.none())));
    }

    @Test
    void readsUtf8AndUtf16WithOrWithoutAByteOrderMark() {
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
    void rejectsAnotherEncoding() {
        assertTrue(failure("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>" + TOTP)
                .contains("an encoding other than UTF-8, UTF-16 or US-ASCII"));
        assertEquals(
                good(TOTP),
                good("<?xml version=\"1.0\" encoding=\"us-ascii\"?>" + TOTP.replaceFirst("<Friend.*ja.*\n", "")));
    }

    @Test
    void rejectsAnotherKindOfFile() {
        assertTrue(failure("<KeyContainer Version=\"1.0\"/>").contains("root element must be KeyContainer"));
        assertTrue(failure(with(TOTP, ":pskc\">", ":pskc2\">")).contains("root element must be KeyContainer"));
        assertTrue(failure(TOTP.replace("KeyContainer", "Keys")).contains("root element must be KeyContainer"));
        for (String version :
                new String[] {"Version=\"2.0\"", "Version=\"1\"", "Version=\"11.0\"", "Version=\"1.0000\"", ""}) {
            assertTrue(failure(with(TOTP, "Version=\"1.0\"", version)).contains("Version of KeyContainer must be 1.0"));
        }
        assertEquals(good(TOTP), good(with(TOTP, "Version=\"1.0\"", "Version=\"1.12\"")));
    }

    @Test
    void rejectsAFileWithoutKeys() {
        assertTrue(
                failure(TOTP.replaceAll("(?s)<KeyPackage>.*</KeyPackage>", "")).contains("has no KeyPackage"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Polcy/>", "<EncryptionKey/>", "<MACMethod/>", "<Key/>", "<KeyPackage xmlns=\"\"/>"})
    void rejectsAnUnknownOrLateElementBesideTheKeyPackages(String element) {
        String message = failure(with(TOTP, "</KeyContainer>", element + "</KeyContainer>"));
        assertTrue(
                message.contains(
                        "is unknown here, repeated, or after a KeyPackage; correct or remove it (record 1, line 39"),
                message);
    }

    @Test
    void rejectsTextBesideTheKeyPackages() {
        assertTrue(failure(with(TOTP, "<KeyPackage>", "x<KeyPackage>")).contains("text between its elements"));
        assertEquals(good(TOTP), good(with(TOTP, "<KeyPackage>", "<!-- c --><?p i?>\n<KeyPackage>")));
    }

    @Test
    void reportsAFailedStreamWithItsCause() {
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

    /** A message of the parser could quote a secret, so it is neither shown nor kept as the cause. */
    @Test
    void showsNoValueOfTheFileInAFailure() {
        SeedFileException e = assertThrows(
                SeedFileException.class,
                () -> SeedFiles.read(with(TOTP, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "MTIzNDU2&secret;"), PskcKey.none()));
        assertNull(e.getCause());
        assertFalse(String.valueOf(e.getMessage()).contains("secret"));
        assertEquals(1L << 30, DEFAULT.maxBytes());
    }
}
